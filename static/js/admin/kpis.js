// The figures of now, in one row.
import { el, icon, t } from "../page.js";
import { longest, openCounters, waitedSeconds, waitingNow } from "./figures.js";
import { write } from "./paint.js";

export class Kpis {
  constructor() {
    this.tiles = {
      waiting: kpi(t("waiting_now")),
      longest: kpi(t("longest_wait"), t("min")),
      counters: kpi(t("open_counters")),
      served: kpi(t("served_today")),
    };
    this.node = el("dl", { class: "kpis" }, ...Object.values(this.tiles).map(({ node }) => node));
  }

  paint(state) {
    const { waiting, counters, served } = this.tiles;
    const busy = state.services.filter((service) => service.waiting > 0).length;
    show(waiting, {
      value: waitingNow(state.services),
      detail: busy ? t.plural("in_services", busy) : t("nobody_waits"),
    });
    this.paintLongest(state);
    const open = openCounters(state.counters);
    const breaks = state.counters.filter((counter) => counter.status === "paused").length;
    const idle = breaks ? t.plural("on_break", breaks) : t("nobody_on_break");
    show(counters, { value: open, unit: t("of_count", { count: state.counters.length }), detail: idle });
    show(served, { value: state.today.served ?? 0, detail: t("since_opening") });
  }

  paintLongest({ tickets, settings, longestWait, now }) {
    const ticket = longest(tickets);
    const minutes = Math.floor((ticket ? waitedSeconds(ticket, now) : (longestWait ?? 0)) / 60);
    const over = minutes - settings.target_minutes;
    const number = ticket?.number ?? "";
    const late = () => t(number ? "over_target" : "over_target_only", { number, count: over });
    const detail = over > 0 ? late() : number || t("within_target", { count: settings.target_minutes });
    show(this.tiles.longest, { value: minutes, unit: t("min"), detail, warn: over > 0 });
  }
}

function kpi(label) {
  const [value, unit, detail] = [
    el("span", { class: "kpi-value" }),
    el("small"),
    el("span", { class: "kpi-words" }),
  ];
  const warning = icon("triangle-alert");
  const node = el(
    "div",
    { class: "kpi num" },
    el("dt", { text: label }),
    el("dd", { class: "kpi-figure" }, value, unit),
    el("dd", { class: "kpi-detail" }, warning, detail),
  );
  return { node, value, unit, detail };
}

function show({ node, ...places }, { value, unit = "", detail, warn = false }) {
  write(places.value, value);
  places.unit.textContent = unit;
  write(places.detail, detail);
  node.toggleAttribute("data-warn", warn);
}
