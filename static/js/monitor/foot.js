// The quiet foot: likely waits, then who was missed. What does not fit in one line follows line after line:
// each view wraps inside one line's height, and the beat scrolls it, so no length in any language overflows.

import { el, range } from "../page.js";
import { beat } from "./calls.js";
import { wordsOf } from "./labels.js";

const waits = document.getElementById("waits");
const absent = document.getElementById("missed");

/** Paint the line whose turn it is. */
export function paintFoot(services, missed, now) {
  refill(waits, services.filter((service) => service.is_open && service.wait).sort(byPosition), wait);
  refill(absent, missed, ({ number }) => number);
  const lines = [waits, absent].flatMap(linesOf);
  const line = lines[beat(now, lines.length)];
  for (const view of [waits, absent]) view.parentElement.classList.toggle("is-on", view === line?.view);
  if (line) line.view.scrollTop = line.top;
}

const byPosition = (a, b) => a.position - b.position || a.id - b.id;

const wait = (service) => ({ letter: service.letter, range: range(service.wait) });

function refill(view, items, told) {
  const news = JSON.stringify(items.map(told));
  if (view.dataset.shown === news) return;
  view.dataset.shown = news;
  view.replaceChildren(...(items.length ? fill[view.id](JSON.parse(news)) : []));
}

const fill = {
  waits: (items) =>
    items.map(({ letter, range }) =>
      el(
        "span",
        { class: "foot-wait" },
        el("bdi", { class: "tk", text: letter }),
        el("bdi", { text: range }),
      ),
    ),
  missed: (numbers) => wordsOf("missed", { numbers: numbers.join(", ") }),
};

function linesOf(view) {
  if (!view.firstChild) return [];
  const rows = Math.max(1, Math.round(view.scrollHeight / view.clientHeight));
  return Array.from({ length: rows }, (_, row) => ({ view, top: row * view.clientHeight }));
}
