// Keeps the server's own markup true: which parts show, and the words in them. The bindings are in templates/customer/_words.html.

import { el } from "../page.js";

const face = document.getElementById("face");
const all = (selector) => document.querySelectorAll(selector);

/** Show a state with its words; a word that is undefined leaves what stands there. */
export function paint(state, words) {
  face.dataset.state = state;
  for (const node of all("[data-on]")) node.hidden = !node.dataset.on.split(" ").includes(state);
  for (const node of all("[data-if]")) node.hidden = !words[node.dataset.if];
  for (const node of all("[data-text]")) write(node, words[node.dataset.text]);
  for (const node of all("[data-glyphs]")) node.dataset.glyphs = node.textContent.trim().length;
  paintLine(words.ahead_number);
  paintHold(words.hold_share);
  paintThemeColor();
}

/** The headline that is on the screen now, as one sentence. */
export function headline() {
  const shown = [...all("h1")].find((node) => node.getClientRects().length);
  // biome-ignore lint/performance/useDomNodeTextContent: only what is shown may be said
  return shown?.innerText.replace(/\s+/g, " ").trim() ?? "";
}

function write(node, word) {
  if (word !== undefined && word !== null && node.textContent !== String(word)) node.textContent = word;
}

const DOZEN = 12;

/** People before a door: up to a dozen are seen at a glance, more are a number. */
function paintLine(number) {
  const line = document.getElementById("line");
  const people = document.getElementById("people");
  line.toggleAttribute("data-many", number > DOZEN);
  const wanted = number > DOZEN ? 0 : number;
  const standing = [...people.children].filter((dot) => !dot.dataset.gone);
  for (const dot of standing.slice(0, Math.max(0, standing.length - wanted))) leave(dot);
  for (let missing = wanted - standing.length; missing > 0; missing--)
    people.append(el("i", { class: "dot" }));
}

// Who is nearest to the door goes through it; the others move up.
function leave(dot) {
  dot.dataset.gone = "yes";
  setTimeout(() => dot.remove(), 420);
}

function paintHold(share) {
  if (share !== undefined) document.getElementById("hold-bar").style.setProperty("--share", share);
}

// The browser's own bars take the page's ground, so that a call fills the whole glass.
function paintThemeColor() {
  const color = getComputedStyle(document.body).backgroundColor;
  const meta = document.querySelector("meta[name=theme-color]");
  if (meta.content !== color) meta.content = color;
}
