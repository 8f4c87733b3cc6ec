// Find: any ticket of today by its number, and what can be done with it.
import { el, get, icon, keyed, t } from "../page.js";
import { $, write } from "./dom.js";
import { openPanel } from "./panels.js";
import { actsOn, openTicket } from "./ticket.js";
import { serviceName, statusWords } from "./words.js";

const PAUSE_MS = 150;
let asked = 0;
let pause;

export function openFind(desk) {
  const form = openPanel("find", null, () => pickFirst(desk)).querySelector("form");
  form.onsubmit = (event) => {
    event.preventDefault();
    pickFirst(desk);
  };
  form.reset();
  show(desk, []);
  write($("found-count"), t("found_hint"));
  form.q.oninput = () => {
    clearTimeout(pause);
    pause = setTimeout(() => look(desk, form.q.value.trim()), PAUSE_MS);
  };
  $("find-panel").onkeydown = walk;
}

/** Answers may overtake each other; only the last question counts. */
async function look(desk, wanted) {
  asked += 1;
  const question = asked;
  if (!wanted) return show(desk, []);
  const query = new URLSearchParams({ counter_id: desk.counterId, q: wanted });
  const answer = await get(`/api/terminal/find?${query}`).catch(() => null);
  if (question !== asked) return undefined;
  return answer ? show(desk, answer.tickets, wanted) : write($("found-count"), t("found_no"));
}

function show(desk, tickets, wanted) {
  const count =
    tickets.length > 0 ? t.plural("found", tickets.length) : t(wanted ? "found_none" : "found_hint");
  write($("found-count"), count);
  const scene = desk.scene();
  const make = (ticket) => result(desk, scene, ticket);
  keyed($("found"), tickets, (ticket) => `${ticket.id}/${ticket.version}/${scene.name}`, make);
}

function result(desk, scene, ticket) {
  const open = () => closeThen(() => openTicket(desk, ticket));
  const service = serviceName(scene.services, ticket.service_id);
  const about = el(
    "span",
    { class: "row-about" },
    el("span", { class: "row-service", text: service }),
    el("small", { text: statusWords(ticket, scene.counters) }),
  );
  const row = el(
    "button",
    { type: "button", class: "row", on: { click: open } },
    el("bdi", { class: "row-number tk", text: ticket.number }),
    about,
  );
  const [likely] = actsOn(desk, scene, ticket);
  const act = el(
    "button",
    { type: "button", class: "button button--quiet", on: { click: () => closeThen(likely.run) } },
    icon(likely.icon),
    likely.text,
  );
  return el("li", {}, row, likely.isOff || act);
}

function closeThen(run) {
  $("find-panel").close();
  run();
}

/** Enter in the field takes the first ticket found. */
function pickFirst() {
  $("found").querySelector(".row")?.click();
}

/** Arrows walk between the field and what was found. */
function walk(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const stops = [$("find-panel").querySelector("input"), ...$("found").querySelectorAll(".row")];
  const here = stops.indexOf(document.activeElement);
  stops[Math.min(stops.length - 1, Math.max(0, here + step))].focus();
}
