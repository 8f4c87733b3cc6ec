// Every connected screen: which, whose, on which page, since when, and how well the line is.
import { ago, clockTime, el, get, icon, keyed, t } from "../page.js";
import { branchId } from "./api.js";
import { soundState } from "./entities/devices.js";
import { countList, NAMESPACES, paintCounts, wordOf } from "./screen_counts.js";
import { say } from "./toast.js";

const REFRESH_MS = 15_000; // ages and round trips change without any news
const SLOW_MS = 300;

export class Connections {
  constructor() {
    this.title = t("connections");
    this.counts = countList();
    this.body = el("tbody");
    const heads = [
      ["screen"],
      ["who"],
      ["page", "wide"],
      ["since", "end"],
      ["last_seen", "end wide"],
      ["round_trip", "end"],
      ["sound", "end wide"],
    ];
    const head = el(
      "tr",
      {},
      ...heads.map(([key, look]) => el("th", { scope: "col", class: look, text: t(key) })),
    );
    const table = el(
      "table",
      { class: "table num" },
      el("caption", { class: "vh", text: this.title }),
      el("thead", {}, head),
      this.body,
    );
    this.empty = el("p", { class: "part-empty", text: t("nobody_connected"), hidden: true });
    const sheet = el(
      "section",
      { class: "sheet list", "aria-label": this.title },
      el("header", { class: "list-head" }, el("h2", { text: this.title })),
      this.counts,
      el("div", { class: "table-scroll" }, table),
      this.empty,
    );
    this.node = el("div", { class: "section" }, el("h1", { class: "vh", text: this.title }), sheet);
  }

  mount() {
    this.load();
    this.timer = setInterval(() => this.load(), REFRESH_MS);
  }

  leave() {
    clearInterval(this.timer);
  }

  counted() {
    this.load();
  }

  paint() {}

  async load() {
    try {
      const { items, counts } = await get(`/api/admin/connections?branch_id=${branchId}`);
      this.show(items, counts);
    } catch (problem) {
      if (!problem.retryable) say(problem);
    }
  }

  show(items, counts) {
    paintCounts(this.counts, counts);
    this.empty.hidden = items.length > 0;
    const order = Object.keys(NAMESPACES);
    const place = ({ namespace }) => order.indexOf(namespace);
    const sorted = [...items].sort(
      (a, b) => place(a) - place(b) || Date.parse(a.since) - Date.parse(b.since),
    );
    keyed(
      this.body,
      sorted,
      ({ sid }) => sid,
      () => el("tr"),
      fill,
    );
  }
}

function fill(row, one) {
  const cell = (content, look) => el("td", { class: look }, content ?? t("none"));
  const isSlow = one.rtt_ms > SLOW_MS;
  row.replaceChildren(
    el(
      "th",
      { scope: "row" },
      el("span", { class: "name" }, icon(NAMESPACES[one.namespace]), wordOf(one.namespace)),
    ),
    cell(one.who),
    cell(el("bdi", { class: "path", text: one.page }), "wide"),
    cell(clockTime(one.since), "end"),
    cell(ago(one.last_seen_s ?? 0), "end wide"),
    cell(
      el("span", {
        class: isSlow ? "warned" : null,
        text: one.rtt_ms === null ? t("none") : t("ms", { count: one.rtt_ms }),
      }),
      "end",
    ),
    cell(soundState(one), "end wide"),
  );
}
