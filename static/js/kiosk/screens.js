// One frame, several screens: an element with data-on is shown on the screens it names.
import { quiet } from "./guard.js";

const frame = document.getElementById("kiosk");

export function screen() {
  return frame.dataset.screen;
}

export function show(name) {
  if (name === screen()) return;
  frame.dataset.screen = name;
  for (const node of document.querySelectorAll("[data-on]"))
    node.hidden = !node.dataset.on.split(" ").includes(name);
  // The second half of a double touch must not land on whatever has just appeared under the finger.
  quiet(400);
  heading()?.focus({ preventScroll: true });
}

/** So that a screen reader starts at the top of the new screen. */
function heading() {
  return [...frame.querySelectorAll("h1")].find((title) => title.checkVisibility());
}
