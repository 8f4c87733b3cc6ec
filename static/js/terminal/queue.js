// The column beside the stage: who is next, who may return, who is on hold. It reorders by itself as news comes.
import { el, keyed, minutes, t } from "../page.js";
import { $, setIcon, write, writeOrHide } from "./dom.js";
import { arrivedAt } from "./line.js";
import { WHY_ICONS } from "./stage.js";
import { serviceName } from "./words.js";

export function paintQueue(scene, open) {
  const count = t.plural("waiting", scene.waiting);
  write($("waiting"), count);
  write($("fold-count"), scene.waiting);
  $("nobody").hidden = scene.line.length > 0;
  const make = (ticket) => row(ticket, open);
  keyed($("next"), scene.line, idOf, make, (item, ticket) => paintWaiting(item, ticket, scene));
  paintPart("held", scene.held, make, (item, ticket) => paintHeld(item, ticket, scene));
  paintPart("missed", scene.missed, make, (item, ticket) => paintMissed(item, ticket, scene));
  $("queue").toggleAttribute("inert", scene.name === "elsewhere");
}

function idOf(ticket) {
  return ticket.id;
}

function paintPart(name, tickets, make, update) {
  $(`${name}-part`).hidden = tickets.length === 0;
  write($(`${name}-count`), tickets.length);
  keyed($(name), tickets, idOf, make, update);
}

// --- Rows ----------------------------------------------------------------------------------------------------

const VERBS = { held: "do_resume_one", missed: "do_return" };

function row({ id, number, status }, open) {
  const tag = el("span", { class: "row-tag" }, el("i"), el("span"));
  const about = el("span", { class: "row-about" }, el("span", { class: "row-service" }), tag);
  const time = el("span", { class: "row-time num" }, el("i"), el("span"));
  const end = el("span", { class: "row-end" }, time, verb(VERBS[status]));
  const parts = [el("bdi", { class: "row-number tk", text: number }), about, end];
  const press = { click: () => open(id) };
  return el("li", {}, el("button", { type: "button", class: `row row--${status}`, on: press }, parts));
}

/** What a press on the row does, where it does something at once. */
function verb(key) {
  return key && el("span", { class: "row-verb", text: t(key) });
}

function paintRow(item, { about, tag, tagIcon, time, isLate = false }) {
  const [, { children: lines }, { firstElementChild: clock }] = item.firstElementChild.children;
  write(lines[0], about);
  lines[1].hidden = !tag;
  setIcon(lines[1].firstElementChild, tagIcon);
  write(lines[1].lastElementChild, tag);
  clock.classList.toggle("is-late", isLate);
  setIcon(clock.firstElementChild, isLate ? "triangle-alert" : null);
  writeOrHide(clock.lastElementChild, time);
}

function paintWaiting(item, ticket, { now, line, why, services, settings }) {
  const waited = seconds(arrivedAt(ticket), now);
  const isFirst = ticket === line[0];
  const reason = isFirst ? why : ticket.priority;
  item.classList.toggle("is-first", isFirst);
  paintRow(item, {
    about: serviceName(services, ticket.service_id),
    tag: WHY_ICONS[reason] && t(`why_${reason}`),
    tagIcon: WHY_ICONS[reason],
    time: minutes(waited),
    isLate: waited > settings.target_minutes * 60,
  });
}

function paintHeld(item, ticket, { now, services, settings }) {
  const held = seconds(ticket.held_at, now);
  const about = ticket.hold_reason || serviceName(services, ticket.service_id);
  paintRow(item, { about, time: minutes(held), isLate: held > settings.hold_warning_minutes * 60 });
}

/** How long they may still come back: after that they need a new ticket. */
function paintMissed(item, ticket, { now, services, settings }) {
  const left = settings.grace_minutes * 60 - seconds(ticket.missed_at, now);
  const tag = t("back_in", { wait: minutes(left + 59) });
  paintRow(item, { about: serviceName(services, ticket.service_id), tag, tagIcon: "hourglass" });
}

function seconds(moment, now) {
  return moment ? (now - Date.parse(moment)) / 1000 : 0;
}
