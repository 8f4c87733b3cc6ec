// Not connected: no tickets from here, since when, and how long that is.
import { ago, clockTime, t } from "../page.js";

const since = document.getElementById("away-since");
const age = document.getElementById("away-age");

/** Write what is known of the connection; true while this kiosk must not issue. */
export function tellAway({ state, asOf, age_s }) {
  if (state !== "stale") return false;
  since.textContent = t("away_since", { time: clockTime(asOf) });
  age.textContent = ago(age_s);
  return true;
}
