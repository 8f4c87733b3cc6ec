// Each service in a row: who waits and how long already (a dot each), what is likely, who serves it, open or closed.
import { el, keyed, t } from "../page.js";
import { letterTile, nameOf } from "./entities/services.js";
import { openCounters, waitedSeconds } from "./figures.js";
import { openSwitch } from "./open_switch.js";
import { partHead, write } from "./paint.js";
import { href } from "./shell.js";
import { axis, strip } from "./strip.js";

const MINUTE = 60;

export class ServicesTable {
  constructor() {
    this.body = el("tbody");
    this.axis = el("th", { scope: "col", class: "line-cell" });
    const head = (text, look) => el("th", { scope: "col", class: look, text });
    const heads = [
      head(t("service")),
      head(t("waiting"), "end"),
      this.axis,
      head(t("likely_wait"), "end"),
      head(t("counters"), "end fold"),
      head(t("state"), "end"),
    ];
    const table = el(
      "table",
      { class: "table services num" },
      el("caption", { class: "vh", text: t("services") }),
      el("thead", {}, el("tr", {}, ...heads)),
      this.body,
    );
    const all = el("a", { href: href("services"), text: t("all_services") });
    this.empty = el(
      "p",
      { class: "part-empty" },
      t("no_services_yet"),
      " ",
      el("a", { href: href("services", "new"), text: t("add_service") }),
    );
    this.scroll = el("div", { class: "table-scroll" }, table);
    this.node = el("section", { class: "part" }, partHead(t("services"), all), this.scroll, this.empty);
  }

  paint(state) {
    this.empty.hidden = state.services.length > 0;
    this.scroll.hidden = state.services.length === 0;
    const scale = scaleOf(state);
    axis(this.axis, scale);
    keyed(
      this.body,
      state.services,
      ({ id }) => id,
      makeRow,
      (row, service) => fill(row, service, state, scale),
    );
  }
}

/** One scale for all rows: twice the target, or as far as the longest wait. */
function scaleOf({ tickets, settings, now }) {
  const waited = tickets
    .filter((ticket) => ticket.status === "waiting")
    .map((ticket) => waitedSeconds(ticket, now) / MINUTE);
  const target = settings.target_minutes;
  return { target, most: Math.max(2 * target, 5 * Math.ceil(Math.max(0, ...waited) / 5)) };
}

function makeRow() {
  const cell = (look, ...content) => el("td", { class: look }, ...content);
  return el(
    "tr",
    {},
    el("th", { scope: "row" }),
    cell("end strong"),
    cell("line-cell"),
    cell("end", el("bdi", { class: "likely" })),
    cell("end fold"),
    cell("end"),
  );
}

function fill(row, service, state, scale) {
  const [name, waiting, line, wait, counters, open] = row.children;
  const isIdle = !service.is_open && !service.waiting;
  row.toggleAttribute("data-idle", isIdle);
  fillSettings(row, name, open, service);
  strip(line, waitedMinutes(service, state), scale);
  write(waiting, isIdle ? t("none") : service.waiting);
  wait.toggleAttribute("data-warn", isLate(service, state.settings));
  write(wait.firstChild, isIdle ? t("none") : likely(service));
  write(counters, openCounters(state.counters, service.id));
}

/** What only an administrator changes; painted again only then, so that a switch keeps its focus. */
function fillSettings(row, name, open, service) {
  const print = `${service.id}-${service.version}`;
  if (row.dataset.print === print) return;
  row.dataset.print = print;
  const isFocused = row.contains(document.activeElement);
  name.replaceChildren(el("span", { class: "name" }, letterTile(service), nameOf(service)));
  open.replaceChildren(openSwitch(service));
  if (isFocused) open.firstChild.focus();
}

function waitedMinutes(service, { tickets, now }) {
  const people = tickets.filter((one) => one.status === "waiting" && one.service_id === service.id);
  return people.map((ticket) => waitedSeconds(ticket, now) / MINUTE);
}

function isLate({ wait, waiting }, { target_minutes }) {
  return Boolean(waiting && wait && wait.high_s > target_minutes * MINUTE);
}

/** Shorter than on other faces: the heading says "minutes" for all rows. */
function likely({ wait }) {
  if (!wait) return t("unknown");
  if (wait.high_s <= MINUTE) return t("wait_any_moment");
  return t("range_short", { low: Math.floor(wait.low_s / MINUTE), high: Math.ceil(wait.high_s / MINUTE) });
}
