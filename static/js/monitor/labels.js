// The board's words: its own language, and beside it one of the branch's others at a time.
// Numbers and times stand alone in <bdi>, so nothing of a call moves when the language beside it changes.

import { el, page, texts } from "../page.js";
import { beat } from "./calls.js";

/** The language whose turn it is beside the board's own, or null. */
export function otherLanguage(branch, now) {
  const others = (branch.languages ?? []).filter((code) => code !== page.language && page.labels?.[code]);
  return others[beat(now, others.length)] ?? null;
}

/** Write a label in both languages, once where both say the same; only what changed is rebuilt, only the other fades in. */
export function label(node, key, other, vars = {}) {
  const shown = JSON.stringify([key, other, vars]);
  if (node.dataset.shown === shown) return;
  node.dataset.shown = shown;
  node.replaceChildren(spoken(page.language, "own", key, vars));
  if (hasOwnWords(other, key)) node.append(spoken(other, "other", key, vars));
  node.removeAttribute("data-tight");
  node.toggleAttribute("data-tight", node.scrollWidth > node.clientWidth); // two long languages are set smaller
}

function spoken(code, role, key, vars) {
  const language = page.languages?.find((known) => known.code === code);
  return el("span", { class: role, lang: code, dir: language?.dir ?? "ltr" }, wordsOf(key, vars, code));
}

function textOf(key, code) {
  return page.labels?.[code]?.[key] ?? texts[key] ?? key;
}

/** Has this language words for the label that the board's own language does not say already? */
function hasOwnWords(code, key) {
  return Boolean(code) && textOf(key, code) !== textOf(key, page.language);
}

/** The pieces of a text in one language: words as they are, whatever fills a {hole} in a <bdi>. */
export function wordsOf(key, vars = {}, code = page.language) {
  const text = textOf(key, code);
  const isHole = (place) => place % 2 === 1;
  return text
    .split(/\{(\w+)\}/)
    .map((part, place) => (isHole(place) ? el("bdi", { class: "num", text: vars[part] ?? "" }) : part));
}
