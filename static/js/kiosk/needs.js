// Priority or extra help: what is needed, never why.
import { t } from "../page.js";

const buttons = [...document.querySelectorAll("[data-need]")];

export function startNeeds() {
  for (const button of buttons) {
    button.addEventListener("click", () => press(button, button.ariaPressed !== "true"));
  }
}

function press(button, on) {
  button.ariaPressed = String(on);
}

/** "a seat, more time", or nothing. */
function chosen() {
  return needsChosen()
    .map((need) => t(need))
    .join(t("comma"));
}

/** What the ticket will say, told while the service is chosen. */
export function needsAhead() {
  return chosen() ? t("needs", { needs: chosen() }) : t("no_needs");
}

/** What the ticket says, to be shown at the counter. */
export function needsOnTicket() {
  return chosen() ? t("priority_needs", { needs: chosen() }) : t("priority");
}

/** The same as codes, for staff. */
export function needsChosen() {
  return buttons.filter((button) => button.ariaPressed === "true").map((button) => button.dataset.need);
}

export function forgetNeeds() {
  for (const button of buttons) press(button, false);
}
