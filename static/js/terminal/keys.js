// One key, one button: a key presses whatever button shows it, in the open panel or on the page. Nothing else knows keys.
import { $ } from "./dom.js";

const OFF = "queueapp-keys-off";

export const areKeysOn = () => localStorage.getItem(OFF) === null;

export function switchKeys(isOn) {
  if (isOn) localStorage.removeItem(OFF);
  else localStorage.setItem(OFF, "1");
  document.body.classList.toggle("keys-off", !isOn);
}

export function startKeys() {
  switchKeys(areKeysOn());
  document.addEventListener("keydown", onKey, { capture: true });
}

function onKey(event) {
  if (event.repeat && isPress(event)) return event.preventDefault(); // a key held down must not chain calls
  if (!areKeysOn() || isTyping(event) || event.ctrlKey || event.metaKey || event.altKey) return undefined;
  if (event.key === "Enter" && isItsOwn(event.target)) return undefined;
  const button = buttonFor(event.key.toLowerCase());
  if (!button) return undefined;
  event.preventDefault();
  return event.repeat || button.click();
}

function isPress({ key, target }) {
  return (key === "Enter" || key === " ") && target.closest("button, summary") !== null;
}

function isTyping({ target, isComposing }) {
  const field = target.closest?.("input, textarea, select");
  return isComposing || (field && !["radio", "checkbox"].includes(field.type)) || target.isContentEditable;
}

/** Enter on a focused button or link is that button's own. The wide key is no exception, it only comes to the same. */
function isItsOwn(target) {
  return target.id !== "primary" && target.closest("button, a, summary, input") !== null;
}

function buttonFor(key) {
  const scope = document.querySelector("dialog[open]") ?? document.body;
  const buttons = [...scope.querySelectorAll("[data-key]")].filter((button) =>
    button.dataset.key.split(" ").includes(key),
  );
  return buttons.find(
    (button) => button.checkVisibility() && button.getAttribute("aria-disabled") !== "true",
  );
}

/** The right next thing is under Enter again, unless the agent is somewhere else by keyboard. */
export function focusPrimary() {
  const isElsewhere = document.activeElement !== document.body && document.activeElement?.isConnected;
  if (!isElsewhere && !document.querySelector("dialog[open]")) $("primary")?.focus({ preventScroll: true });
}

/** A button pressed by mouse keeps no focus: the next Enter would press it again instead of the wide key. */
export function leaveFocus({ detail, target }) {
  if (detail > 0 && !target.closest("dialog, details")) $("primary")?.focus({ preventScroll: true });
}
