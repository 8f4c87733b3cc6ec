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

/** The chosen ones by name: "seat", "sign-language", "more-time". */
export function chosenNeeds() {
  return buttons.filter((button) => button.ariaPressed === "true").map((button) => button.dataset.need);
}

export function needsInWords() {
  const words = chosenNeeds().map((need) => t(need));
  return words.length ? t("needs", { needs: words.join(t("comma")) }) : t("no_needs");
}

export function forgetNeeds() {
  for (const button of buttons) press(button, false);
}
