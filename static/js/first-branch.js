// The first branch of an organisation: a name, and the time zone that this computer believes to be in.
import "./auth.js";
import { el } from "./page.js";

const zones = document.getElementById("time_zone");
const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
const known = new Set(["UTC", here, ...Intl.supportedValuesOf("timeZone")]);

zones.replaceChildren(
  ...[...known].map((zone) =>
    el("option", { value: zone, text: zone.replaceAll("_", " "), selected: zone === here }),
  ),
);
