// Small hands for painting: touch the page only where something differs, so that nothing flickers and focus stays.
import { icon } from "../page.js";

export const $ = (id) => document.getElementById(id);

export function write(node, text) {
  const next = String(text ?? "");
  if (node.textContent !== next) node.textContent = next;
}

/** Write a text that may be nothing; then its place is gone too. */
export function writeOrHide(node, text) {
  node.hidden = !text;
  write(node, text);
}

/** Put one icon into a place that holds nothing else. */
export function setIcon(place, name) {
  if (place.dataset.icon === (name ?? "")) return;
  place.dataset.icon = name ?? "";
  place.replaceChildren(...(name ? [icon(name)] : []));
}

export function setAttribute(node, name, value) {
  if (node.getAttribute(name) !== String(value)) node.setAttribute(name, value);
}
