// A line of people: one dot each, at the minutes they have waited. The mark is the target; dots beyond it are late.
import { el, t } from "../page.js";

const SVG = "http://www.w3.org/2000/svg";
const HEIGHT = 24;
const EDGE = 3; // percent kept free on both sides, so that the first and the last dot stay whole

const at = (minutes, { most }) => `${EDGE + (Math.min(minutes, most) / most) * (100 - 2 * EDGE)}%`;

function shape(tag, attributes) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  return node;
}

/** Drawn for the eye only: the figures beside it say the same. */
export function strip(cell, waited, scale) {
  const print = JSON.stringify([waited.map(Math.floor), scale]);
  if (cell.dataset.print === print) return;
  cell.dataset.print = print;
  const line = (x1, x2, y1, y2, look) => shape("line", { x1, x2, y1, y2, class: look });
  const middle = HEIGHT / 2;
  const mark = at(scale.target, scale);
  const dots = apart(waited, scale).map(({ minutes, lift }) => {
    const look = minutes > scale.target ? "person is-late" : "person";
    return shape("circle", { cx: at(minutes, scale), cy: middle + lift, r: 4.5, class: look });
  });
  const svg = shape("svg", { class: "strip", height: HEIGHT, "aria-hidden": "true", focusable: "false" });
  svg.append(
    line("0", "100%", middle, middle, "ground"),
    line(mark, mark, 2, HEIGHT - 2, "mark-line"),
    ...dots,
  );
  cell.replaceChildren(svg);
}

const LIFTS = [0, -6, 6];
const CLOSE = 0.03; // of the scale: nearer dots would hide each other

/** People who came together stand above and below each other, so that everybody can be counted. */
function apart(waited, { most }) {
  let run = 0;
  return [...waited]
    .sort((a, b) => a - b)
    .map((minutes, i, all) => {
      run = i > 0 && minutes - all[i - 1] < CLOSE * most ? run + 1 : 0;
      return { minutes, lift: LIFTS[run % LIFTS.length] };
    });
}

/** The scale above the strips. */
export function axis(cell, scale) {
  const print = JSON.stringify(scale);
  if (cell.dataset.print === print) return;
  cell.dataset.print = print;
  const tick = (minutes, text) => {
    const label = el("span", { class: "tick", text });
    label.style.setProperty("--at", at(minutes, scale));
    return label;
  };
  const name = el("span", { class: "vh", text: t("line_heading") });
  const ticks = [
    tick(0, "0"),
    tick(scale.target, t("target_at", { count: scale.target })),
    tick(scale.most, t("minutes", { count: scale.most })),
  ];
  cell.replaceChildren(name, el("span", { class: "axis", "aria-hidden": "true" }, ...ticks));
}
