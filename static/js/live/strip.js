// The connection strip: one state, its age, in words. Said aloud once per state; the age counts silently beside it.

import { ago, clockTime, t, texts } from "../page.js";

/** Say on the page how true it is. base and connection.css do the rest from these two attributes. */
export function showStatus(status, seconds) {
  const root = document.documentElement;
  root.dataset.connection = status.state;
  root.toggleAttribute("data-frozen", status.frozen);
  const strip = document.getElementById("connection");
  if (strip) write(strip, status, seconds);
}

function write(strip, status, seconds) {
  const time = clockTime(status.asOf, undefined, { seconds: status.state === "reconnecting" });
  const vars = { time, age: ago(status.age_s), seconds };
  say(strip.querySelector(".connection-text"), words(status), vars);
  say(strip.querySelector(".connection-age"), `conn_${status.state}_age`, vars);
}

function words({ state, cause }) {
  const special = `conn_${state}_${cause}`;
  return special in texts ? special : `conn_${state}`;
}

function say(place, key, vars) {
  const text = texts[key] ? t(key, vars) : "";
  if (place && place.textContent !== text) place.textContent = text;
}
