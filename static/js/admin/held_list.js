// Tickets on hold: whose, since when, and why. Nobody is forgotten there.
import { el, keyed, t } from "../page.js";
import { partHead, write } from "./paint.js";

export class Held {
  constructor() {
    this.count = el("span", { class: "count num" });
    this.list = el("ul", { class: "held num" });
    this.empty = el("p", { class: "part-empty", text: t("nobody_held") });
    this.node = el("section", { class: "part" }, partHead(t("on_hold"), this.count), this.list, this.empty);
  }

  paint({ tickets }) {
    const held = tickets
      .filter((ticket) => ticket.status === "held")
      .sort((a, b) => Date.parse(a.held_at) - Date.parse(b.held_at));
    write(this.count, held.length || "");
    this.empty.hidden = held.length > 0;
    keyed(this.list, held, ({ id }) => id, makeRow, fill);
  }
}

function makeRow() {
  return el(
    "li",
    {},
    el("bdi", { class: "tk" }),
    el("span", { class: "held-why" }),
    el("span", { class: "held-clock" }),
  );
}

function fill(row, ticket) {
  const [number, why, clock] = row.children;
  write(number, ticket.number);
  const where = ticket.counter ? t("at_counter", { name: ticket.counter }) : "";
  write(why, [ticket.hold_reason, where].filter(Boolean).join(" · "));
  clock.dataset.since = Date.parse(ticket.held_at);
}
