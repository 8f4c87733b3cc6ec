// The next person always starts clean, and nobody is hurried: warned first, and any touch means "still here".
import { chime } from "./chime.js";
import { quiet } from "./guard.js";

const WARN_S = 45;
const LEAVE_S = 20;
const ATTRACT_S = 180;

const dialog = document.getElementById("still-there");
let touchedAt = performance.now();

/** Start the 20 seconds (or the 45) again, as a touch does. */
export function touched() {
  touchedAt = performance.now();
}

/**
 * `mood()` says what leaving means now: "ticket" (the ring runs at once), "used" (warn first), "clean" (call for people)
 * or "away" (nothing). `leave()` starts the screen again, `attract(on)` calls for people.
 */
export function watchIdle({ mood, leave, attract }) {
  const wake = (event) => {
    if (dialog.open || isAttracting()) wakeUp(event);
    touched();
  };
  const isAttracting = () => document.documentElement.hasAttribute("data-attract");
  const wakeUp = (event) => {
    if (dialog.open) dialog.close();
    if (isAttracting()) attract(false);
    if (!event.target.closest?.("[data-language]")) quiet(400); // this touch only wakes; a language may be chosen at once
  };
  for (const name of ["pointerdown", "keydown"]) document.addEventListener(name, wake, true);
  setInterval(() => tick(mood(), (performance.now() - touchedAt) / 1000, { leave, attract }), 1000);
}

function tick(mood, idle, { leave, attract }) {
  const left = mood === "ticket" ? LEAVE_S - idle : WARN_S + LEAVE_S - idle;
  if (mood === "ticket" || dialog.open) turnRings(left);
  if (mood !== "used" && dialog.open) dialog.close();
  if (mood === "used" && idle >= WARN_S && !dialog.open) warn(left);
  if ((mood === "ticket" || mood === "used") && left <= 0) leave();
  if (mood === "clean" && idle >= ATTRACT_S) attract(true);
}

function warn(left) {
  dialog.showModal();
  turnRings(left);
  chime(); // two senses
}

/** How much of the 20 seconds is left, as a number and as a ring. */
export function turnRings(left = LEAVE_S) {
  const seconds = Math.max(0, Math.ceil(left));
  for (const ring of document.querySelectorAll(".ring")) {
    ring.style.setProperty("--left", String(seconds / LEAVE_S));
    ring.firstElementChild.textContent = seconds;
  }
}
