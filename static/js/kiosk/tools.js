// Language, larger text, lower buttons: this visitor's, kept over the reload that a language needs, gone with the visitor.
import { page } from "../page.js";

const KEPT = "kiosk-tools";
const root = document.documentElement;
const ON = { text: "larger", reach: "low" };
const buttons = document.querySelectorAll("[data-tool]");
const standard = page.snapshot.branch.languages[0];

/** Whether somebody has set this screen up for themselves. */
export function isAdapted() {
  return page.language !== standard || Object.keys(ON).some((tool) => root.dataset[tool]);
}

export function startTools(changed) {
  for (const tool of JSON.parse(sessionStorage.getItem(KEPT) ?? "[]")) set(tool, true);
  for (const button of buttons) button.addEventListener("click", () => toggle(button.dataset.tool, changed));
  for (const button of document.querySelectorAll("[data-language]")) {
    button.addEventListener("click", () => speak(button.dataset.language));
  }
}

function toggle(tool, changed) {
  set(tool, !root.dataset[tool]);
  sessionStorage.setItem(KEPT, JSON.stringify(Object.keys(ON).filter((name) => root.dataset[name])));
  changed();
}

function set(tool, on) {
  if (on) root.dataset[tool] = ON[tool];
  else delete root.dataset[tool];
  for (const button of buttons) if (button.dataset.tool === tool) button.ariaPressed = String(on);
}

export function forgetTools() {
  sessionStorage.removeItem(KEPT);
  for (const tool of Object.keys(ON)) set(tool, false);
  if (page.language !== standard) speak(standard);
}

function speak(language) {
  if (language !== page.language) reload(language);
}

/** Load the page again, but only once it is sure to come: a kiosk on a browser's own fault page is lost. */
export async function reload(language = page.language) {
  const url = `${location.pathname}?language=${encodeURIComponent(language)}`;
  const answer = await fetch(url, { method: "HEAD", cache: "no-store" }).catch(() => null);
  if (answer?.ok) location.replace(url);
}
