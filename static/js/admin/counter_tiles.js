// Who is at which counter: yellow while it calls, with the number and a clock; else serving, free, on a break, closed.
import { el, icon, keyed, t } from "../page.js";
import { byName, doing, openCounters } from "./figures.js";
import { partHead, write } from "./paint.js";
import { href } from "./shell.js";

export class CounterTiles {
  constructor() {
    this.link = el("a", { class: "num", href: href("counters") });
    this.list = el("ul", { class: "tiles num" });
    this.empty = el(
      "p",
      { class: "part-empty" },
      t("no_counters_yet"),
      " ",
      el("a", { href: href("counters", "new"), text: t("add_counter") }),
    );
    this.node = el("section", { class: "part" }, partHead(t("counters"), this.link), this.list, this.empty);
  }

  paint({ counters, tickets }) {
    const open = openCounters(counters);
    write(this.link, t("open_of", { open, count: counters.length }));
    this.empty.hidden = counters.length > 0;
    keyed(
      this.list,
      [...counters].sort(byName),
      ({ id }) => id,
      makeTile,
      (tile, counter) => fill(tile, counter, tickets),
    );
  }
}

function makeTile(counter) {
  const parts = ["tile-name", "tile-word", "tile-clock"].map((look) =>
    el(look === "tile-name" ? "bdi" : "span", { class: look }),
  );
  return el("li", {}, el("a", { class: "tile", href: href("counters", counter.id) }, ...parts));
}

function fill(item, counter, tickets) {
  const tile = item.firstChild;
  const [name, word, clock] = tile.children;
  const { state, ticket, since } = doing(counter, tickets);
  tile.className = `tile is-${state}${state === "calling" ? " is-called" : ""}`;
  tile.title = [counter.agent?.name, counter.place].filter(Boolean).join(" · ");
  write(name, counter.name);
  paintWord(word, state, ticket);
  if (since) clock.dataset.since = Date.parse(since);
  else delete clock.dataset.since;
  if (!since) clock.textContent = "";
}

function paintWord(word, state, ticket) {
  const print = `${state}-${ticket?.number}`;
  if (word.dataset.print === print) return;
  word.dataset.print = print;
  if (!ticket) return word.replaceChildren(t(`tile_${state}`));
  const said = el("span", { class: "vh", text: t(`tile_${state}`) });
  word.replaceChildren(
    ...(state === "calling" ? [icon("megaphone")] : []),
    said,
    " ",
    el("bdi", { class: "tk", text: ticket.number }),
  );
}
