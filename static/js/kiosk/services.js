// The services as ticket stubs, live, and who was just called. What does not fit goes to a next page: nothing scrolls.
import { el, icon, keyed, page, range, t } from "../page.js";

const choices = document.getElementById("choices");
const list = document.getElementById("services");
const more = document.getElementById("more");
const called = document.getElementById("called");
const CALLS_SHOWN = 2;

let pages = [];
let turned = 0; // how often "More services" was touched
let measured = "";

/** `pick(service_id, button)` hears every touch on a service, also on one that gives no tickets now. */
export function paintServices(branch, services, pick) {
  const shown = [...services].sort((a, b) => a.position - b.position || a.id - b.id);
  const make = (service) => stub(service.id, pick);
  keyed(
    list,
    shown,
    (service) => service.id,
    make,
    (node, service) => write(node, service, branch),
  );
  paginate();
}

/** Why a service gives no tickets now, as the server would refuse it; null while it does. */
export function shut(service, branch) {
  if (!branch.is_open) return { code: "BranchIsClosed", opens_at: branch.opens_at };
  if (!service.is_open) return { code: "ServiceIsClosed", opens_at: service.opens_at };
  return service.quota_left === 0 ? { code: "QuotaExhausted" } : null;
}

function stub(id, pick) {
  const button = el("button", { class: "service", type: "button", on: { click: () => pick(id, button) } });
  const parts = {
    letter: el("bdi", { class: "service-letter" }),
    name: el("span", { class: "service-name" }),
    wait: el("b", { class: "num" }),
    people: el("span"),
  };
  const facts = el(
    "span",
    { class: "service-facts" },
    el("bdi", {}, parts.wait),
    el("bdi", {}, parts.people),
  );
  const words = el("span", { class: "service-words" }, el("span", {}, parts.name, facts));
  const go = icon("chevron-right", "i--mirrored service-go");
  words.append(go);
  button.append(el("span", { class: "ticket service-ticket" }, parts.letter, words));
  return Object.assign(button, { parts });
}

function write(node, service, branch) {
  const why = shut(service, branch);
  const { letter, name, wait, people } = node.parts;
  node.ariaDisabled = why ? "true" : null;
  say(letter, service.letter);
  say(name, nameOf(service));
  say(wait, why ? "" : range(service.wait));
  say(people, why ? inShort(why) : crowd(service.waiting));
}

/** News carries all of a service's names; only a snapshot knows which of them this page speaks. */
export function nameOf(service) {
  return service.names[page.language] ?? service.name ?? service.names.en ?? service.letter;
}

function inShort({ code, opens_at: time }) {
  if (code === "QuotaExhausted") return t("exhausted");
  return time ? t("closed_opens", { time }) : t("closed");
}

function crowd(count) {
  return count ? t("waiting", { count }) : t("nobody_waiting");
}

function say(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

// --- Pages ---------------------------------------------------------------------------------------------------

/** Measure only when something that takes room has changed: news comes far more often than that. */
export function paginate() {
  const { text, reach } = document.documentElement.dataset;
  const room = [innerWidth, innerHeight, text, reach, choices.parentElement.parentElement.dataset.screen];
  const now = JSON.stringify([room, list.textContent]);
  if (now === measured || choices.hidden) return;
  measured = now;
  pages = divide([...list.children]);
  turn();
}

function divide(stubs) {
  reveal(stubs, stubs, false);
  if (!overflows()) return [stubs];
  const divided = [[]];
  for (const stub of stubs) {
    reveal(stubs, [...divided.at(-1), stub], true);
    if (overflows() && divided.at(-1).length) divided.push([]);
    divided.at(-1).push(stub);
  }
  return divided;
}

function reveal(all, shown, hasMore, fillers = []) {
  for (const stub of all) {
    stub.toggleAttribute("data-filler", fillers.includes(stub));
    stub.hidden = !shown.includes(stub) && !fillers.includes(stub);
  }
  more.hidden = !hasMore;
}

function overflows() {
  return choices.scrollHeight > choices.clientHeight + 1;
}

function turn() {
  const page = turned % pages.length;
  const fillers = page > 0 ? pages[0].slice(pages[page].length) : [];
  reveal(pages.flat(), pages[page], pages.length > 1, fillers);
  document.getElementById("more-place").textContent = `${page + 1}/${pages.length}`;
}

export function isTurned() {
  return pages.length > 1 && turned % pages.length > 0;
}

export function firstPage() {
  turned = 0;
  if (pages.length) turn();
}

more.addEventListener("click", () => {
  turned += 1;
  turn();
});

// --- Just called ---------------------------------------------------------------------------------------------

export function paintCalled(tickets) {
  const newest = [...tickets]
    .filter((ticket) => ticket.status === "called")
    .sort(byCall)
    .slice(0, CALLS_SHOWN);
  keyed(
    called,
    newest,
    (ticket) => ticket.id,
    call,
    (node, ticket) => {
      say(node.firstChild, ticket.number);
      say(node.lastChild, t("counter", { counter: ticket.counter }));
    },
  );
  document.getElementById("nobody-called").hidden = newest.length > 0;
}

function call() {
  return el(
    "li",
    { class: "call" },
    el("bdi", { class: "tk call-number" }),
    el("bdi", { class: "call-counter" }),
  );
}

function byCall(a, b) {
  return b.called_at.localeCompare(a.called_at);
}
