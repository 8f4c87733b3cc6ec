// One line at the foot of the page that says what just happened, with a way back where there is one.
import { el, t } from "../page.js";

const STAYS_MS = 8000;
let timer;

export function toast(text, { undo = null } = {}) {
  const place = document.getElementById("toast");
  clearTimeout(timer);
  place.replaceChildren(el("span", { text }), ...(undo ? [undoButton(undo)] : []));
  place.dataset.shown = "";
  // Whoever is on their way to Undo must not lose it.
  timer = setTimeout(
    () => (place.matches(":hover, :focus-within") ? toast(text, { undo }) : hush()),
    STAYS_MS,
  );
}

export function hush() {
  const place = document.getElementById("toast");
  delete place.dataset.shown;
  place.replaceChildren();
}

function undoButton(undo) {
  const click = () => {
    hush();
    undo();
  };
  return el("button", { class: "toast-undo", type: "button", text: t("undo"), on: { click } });
}

/** What a refusal says, in its own words where it has some. */
export function say(problem) {
  toast(problem.detail || problem.title);
}
