// The live page: two sheets. What is waiting and what can be opened on the left; who and what needs a look on the right.
import { el, serverNow, stopwatch, t } from "../page.js";
import { Attention } from "./attention_list.js";
import { CounterTiles } from "./counter_tiles.js";
import { DeviceList } from "./device_list.js";
import { byPosition } from "./figures.js";
import { Held } from "./held_list.js";
import { Kpis } from "./kpis.js";
import { ScreenCounts } from "./screen_counts.js";
import { ServicesTable } from "./services_table.js";

export class Overview {
  constructor(hall) {
    this.hall = hall;
    this.title = t("live");
    this.left = [new Kpis(), new ServicesTable(), new Held(), new ScreenCounts()];
    this.right = [new Attention(), new CounterTiles(), new DeviceList()];
    const [kpis, services, held, screens] = this.left.map(({ node }) => node);
    const sheet = el("div", { class: "sheet" }, kpis, services, el("div", { class: "two" }, held, screens));
    const side = el(
      "aside",
      { class: "sheet side", "aria-label": t("needs_and_states") },
      ...this.right.map(({ node }) => node),
    );
    this.node = el("div", { class: "overview" }, el("h1", { class: "vh", text: this.title }), sheet, side);
  }

  mount() {
    this.paint();
  }

  paint() {
    const state = this.state();
    for (const part of [...this.left, ...this.right]) part.paint(state);
    this.paintClocks(state.now);
  }

  /** The clocks count each second; a list is painted again only when a minute may have changed it. */
  tick() {
    if (document.documentElement.hasAttribute("data-frozen")) return; // old news must not look alive
    const now = serverNow();
    this.paintClocks(now);
    const minute = Math.floor(now / 60_000);
    if (minute !== this.minute) this.paint();
    this.minute = minute;
  }

  paintClocks(now) {
    for (const clock of this.node.querySelectorAll("[data-since]")) {
      clock.textContent = stopwatch((now - Number(clock.dataset.since)) / 1000);
    }
  }

  state() {
    const { store } = this.hall;
    return {
      now: serverNow(),
      settings: store.branch.settings,
      services: [...store.services.values()].sort(byPosition),
      counters: [...store.counters.values()],
      tickets: [...store.tickets.values()],
      devices: this.hall.devices(),
      today: store.today ?? {},
      longestWait: store.longest_wait_s,
      screens: counts(store.connections ?? []),
    };
  }
}

function counts(connections) {
  const found = {};
  for (const { namespace } of connections) found[namespace] = (found[namespace] ?? 0) + 1;
  return found;
}
