// Six small tickets: a yellow stub while the ticket is still called, a neutral one once it is served.

import { el, icon, keyed, t } from "../page.js";
import { beat, isCalled } from "./calls.js";
import { write } from "./hero.js";

const list = document.getElementById("recent");
const dots = document.getElementById("dots");
let newest = null;
let since = 0;

/** Paint the page whose turn it is; a new call brings its own page back first. */
export function paintRecent(pages, now) {
  const first = pages[0]?.[0]?.id ?? null;
  if (first !== newest) [newest, since] = [first, now];
  const page = beat(now, pages.length, since);
  keyed(list, pages[page] ?? [], (ticket) => ticket.id, make, update);
  paintDots(pages.length, page);
}

function make() {
  return el(
    "li",
    { class: "recent-call" },
    el("bdi", { class: "tk recent-number" }),
    icon("arrow-right", "recent-arrow i--mirrored"),
    el("span", { class: "vh", text: t("counter") }),
    el("bdi", { class: "tk recent-counter" }),
  );
}

function update(node, ticket) {
  node.classList.toggle("recent-call--on", isCalled(ticket));
  write(node.querySelector(".recent-number"), ticket.number);
  write(node.querySelector(".recent-counter"), ticket.counter ?? "");
}

function paintDots(count, page) {
  const marks = count > 1 ? [...Array(count).keys()] : [];
  keyed(
    dots,
    marks,
    (mark) => mark,
    () => el("i"),
    (dot, mark) => dot.classList.toggle("is-on", mark === page),
  );
}
