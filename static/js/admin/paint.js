// Writing figures: only what changed is touched, and what changed fades from bold, so that the eye finds it.
import { el } from "../page.js";

const calm = matchMedia("(prefers-reduced-motion: reduce)");
const FADE_MS = 420;

export function write(node, text) {
  const next = String(text ?? "");
  if (node.textContent === next) return;
  const isFirst = node.textContent === "";
  node.textContent = next;
  if (!isFirst && !calm.matches)
    node.animate([{ opacity: 0.35 }, { opacity: 1 }], { duration: FADE_MS, easing: "ease-out" });
}

/** A heading with something beside it, as every part of a sheet has. */
export function partHead(text, aside = null) {
  return el("header", { class: "part-head" }, el("h2", { text }), aside);
}
