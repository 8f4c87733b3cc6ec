// The list of what needs somebody, in words, each with the place where something can be done about it.
import { el, icon, keyed, t } from "../page.js";
import { attention } from "./attention.js";
import { nameOf } from "./entities/services.js";
import { partHead } from "./paint.js";
import { href } from "./shell.js";

const SIGNS = { critical: "octagon-alert", warning: "triangle-alert", notice: "circle-alert" };

// code: [title, what to do, where]
const WORDS = {
  unserved: ({ service }) => [
    t("need_unserved", { name: nameOf(service) }),
    t.plural("need_unserved_text", service.waiting),
    href("counters"),
  ],
  over: ({ ticket, over }) => [
    t("need_over", { number: ticket.number }),
    t("need_over_text", { count: over }),
    href("counters"),
  ],
  away: ({ device }) => [
    t("need_away", { name: device.name }),
    t("need_away_text"),
    href("devices", device.id),
  ],
  mute: ({ device }) => [
    t("need_mute", { name: device.name }),
    t("need_mute_text"),
    href("devices", device.id),
  ],
  held: ({ ticket }) => [
    t("need_held", { number: ticket.number }),
    ticket.hold_reason ?? t("need_held_text"),
    href("counters", ticket.counter_id),
  ],
};

export class Attention {
  constructor() {
    this.list = el("ul", { class: "needs" });
    const fine = el("p", { class: "part-fine" }, icon("circle-check"), t("need_nothing"));
    this.fine = fine;
    this.node = el("section", { class: "part" }, partHead(t("needs")), this.list, fine);
  }

  paint(state) {
    const found = attention(state, state.now);
    this.fine.hidden = found.length > 0;
    keyed(
      this.list,
      found,
      ({ key }) => key,
      () => el("li"),
      fill,
    );
  }
}

function fill(row, need) {
  const [title, text, where] = WORDS[need.code](need);
  const print = [need.severity, title, text].join();
  if (row.dataset.print === print) return;
  row.dataset.print = print;
  row.className = `need is-${need.severity}`;
  const sign = el(
    "span",
    { class: `severity severity--${need.severity}` },
    icon(SIGNS[need.severity]),
    el("span", { class: "vh", text: t(need.severity) }),
  );
  const words = el(
    "span",
    { class: "need-words" },
    el("b", { text: title }),
    el("small", { class: "num", text }),
  );
  row.replaceChildren(
    sign,
    words,
    el(
      "a",
      {
        class: "button button--quiet button--small",
        href: where,
        "aria-label": t("look_at", { name: title }),
      },
      t("look"),
    ),
  );
}
