// The one big ticket: who is here or next, and how long it has been. Yellow while calling, white once they are here.
import { el, icon, keyed, minutes, stopwatch, t } from "../page.js";
import { $, setIcon, write, writeOrHide } from "./dom.js";
import { arrivedAt } from "./line.js";
import { historyLines, languageName, serviceName, todayWords, undoWords } from "./words.js";

const ICONS = {
  free: "ticket",
  calling: "megaphone",
  serving: "user",
  empty: "circle-check",
  paused: "coffee",
  closed: "door-open",
  elsewhere: "monitor",
};
export const WHY_ICONS = {
  priority: "accessibility",
  appointment: "calendar-days",
  returned: "rotate-ccw",
  "longest-wait": "clock",
  weight: "star",
  "sent-here": "arrow-left-right",
};

export function paintStage(scene) {
  const ticket = shown(scene);
  paintCard(scene);
  paintWho(scene, ticket);
  paintNote(ticket);
  paintToast(scene);
  paintWhen(scene);
}

/** The ticket on the stage: the open one, or while free the next one. */
function shown({ name, open, line }) {
  if (name === "elsewhere") return null;
  return open ?? (name === "free" ? line[0] : null);
}

function paintCard({ name, pending }) {
  const card = $("card");
  card.dataset.scene = name;
  card.classList.toggle("is-called", name === "calling");
  card.toggleAttribute("data-pending", pending !== null);
}

function paintWho(scene, ticket) {
  const { name, counter, open } = scene;
  const state = name === "calling" && open.recalls > 0 ? "again" : name;
  setIcon($("state-icon"), ICONS[name]);
  write($("state"), t(`state_${state}`, { counter: counter.name }));
  $("headline").parentElement.classList.toggle("tk", ticket !== null);
  write($("headline"), ticket?.number ?? t(`head_${name}`, { counter: counter.name }));
  write($("service"), ticket ? serviceName(scene.services, ticket.service_id) : subtitle(scene));
  paintFacts($("facts"), ticket ? factsOf(ticket, scene) : []);
}

function subtitle({ name, counter }) {
  return t(`sub_${name}`, { counter: counter.name, who: counter.agent?.name ?? t("somebody") });
}

// --- Facts ---------------------------------------------------------------------------------------------------

export function paintFacts(list, facts) {
  const make = (fact) => el("li", {}, icon(fact.icon), el("span"));
  const update = (item, fact) => write(item.lastElementChild, fact.text);
  keyed(list, facts, (fact) => fact.icon, make, update);
}

export function factsOf(ticket, scene) {
  return [
    whyFact(ticket, scene),
    waitFact(ticket, scene),
    languageFact(ticket),
    wayFact(ticket),
    delayFact(ticket),
  ].filter(Boolean);
}

function whyFact(ticket, { why, line }) {
  const reason = ticket === line[0] ? why : ticket.priority;
  return WHY_ICONS[reason] && { icon: WHY_ICONS[reason], text: t(`why_${reason}`) };
}

function waitFact(ticket, { now }) {
  const until = ticket.called_at ? Date.parse(ticket.called_at) : now;
  const wait = minutes((until - Date.parse(arrivedAt(ticket))) / 1000);
  return { icon: "hourglass", text: t(ticket.called_at ? "waited" : "waiting_since", { wait }) };
}

function languageFact({ language }) {
  return language && { icon: "languages", text: languageName(language) };
}

function wayFact({ on_my_way_at, status }) {
  return on_my_way_at && status === "called" && { icon: "footprints", text: t("on_the_way") };
}

function delayFact({ delays }) {
  return delays > 0 && { icon: "timer", text: t("more_time") };
}

function paintNote(ticket) {
  $("note").hidden = !ticket?.note;
  write($("note-text"), ticket?.note);
}

// Once service has started there are other ways back; and who does not sit here has nothing to take back.
const NO_UNDO = new Set(["serving", "closed", "elsewhere"]);

function paintToast({ name, undo, told, pending }) {
  const isOffered = undo.length > 0 && !NO_UNDO.has(name) && !pending;
  $("toast").hidden = !isOffered;
  if (isOffered) write($("toast-text"), told ?? undoWords(undo));
}

// --- The stub: clocks ----------------------------------------------------------------------------------------

function paintWhen(scene) {
  const face = STUBS[scene.name]?.(scene) ?? {};
  writeOrHide($("clock-label"), face.label);
  writeOrHide($("clock"), face.clock);
  writeOrHide($("hint"), face.hint);
  paintDots(face.dots);
  paintUsual(face.usual);
  paintHistory(face.lines ?? []);
}

const STUBS = {
  free: waitingStub,
  paused: waitingStub,
  closed: waitingStub,
  empty: ({ extras }) => ({ lines: [{ time: "", text: todayWords(extras.today) }] }),

  calling({ open, now, settings, ...scene }) {
    const [count, limit] = [open.recalls + 1, settings.recall_limit];
    return {
      label: t("called_for"),
      clock: stopwatch(since(open.called_at, now)),
      dots: { count, limit },
      hint: t(count > limit ? "call_beyond" : "call_of", { count, limit }),
      lines: wayOf(open, scene),
    };
  },

  serving({ open, now, ...scene }) {
    const elapsed = since(open.started_at, now);
    const usual = scene.extras.usual[open.service_id];
    return {
      label: t("service_time"),
      clock: stopwatch(elapsed),
      usual: usual && { ...usual, elapsed },
      hint:
        usual && t("usual", { median: Math.round(usual.median_s / 60), most: Math.round(usual.p80_s / 60) }),
      lines: wayOf(open, scene),
    };
  },
};

function waitingStub({ waiting, line, now, extras }) {
  const longest = Math.max(0, ...line.map((ticket) => since(arrivedAt(ticket), now)));
  return {
    label: t("waiting"),
    clock: waiting,
    hint: line.length > 0 && t("longest", { wait: minutes(longest) }),
    lines: [{ time: "", text: todayWords(extras.today) }],
  };
}

function since(moment, now) {
  return moment ? Math.max(0, (now - Date.parse(moment)) / 1000) : 0;
}

/** The server's history, or until it is here what the ticket itself says. */
function wayOf(ticket, { extras, counter }) {
  const history =
    extras.ticketId === ticket.id && extras.history.length > 0 ? extras.history : plainWay(ticket);
  return historyLines(history, ticket, counter.name).slice(-6);
}

function plainWay(ticket) {
  const steps = [
    { act: "issue", at: ticket.created_at },
    { act: "call", at: ticket.called_at },
    { act: "start", at: ticket.started_at },
  ];
  return steps.filter((step) => step.at);
}

function paintDots(dots) {
  $("dots").hidden = !dots;
  if (!dots) return;
  const all = Array.from({ length: dots.limit }, (_, index) => index + 1);
  const update = (dot, n) => dot.classList.toggle("is-full", n <= dots.count);
  keyed($("dots"), all, String, () => el("i"), update);
}

/** Service time against what this service usually takes. Long is not wrong, so nothing here ever turns red. */
function paintUsual(usual) {
  $("usual").hidden = !usual;
  if (!usual) return;
  const marks = { elapsed: usual.elapsed, median: usual.median_s, most: usual.p80_s };
  const full = Math.max(usual.p80_s / 0.9, 1);
  const update = (mark, [, seconds]) => mark.style.setProperty("--at", percent(seconds / full));
  keyed(
    $("usual"),
    Object.entries(marks),
    ([name]) => name,
    ([name]) => el("i", { class: name }),
    update,
  );
}

function percent(part) {
  return `${Math.min(100, Math.round(part * 1000) / 10)}%`;
}

function paintHistory(lines) {
  const make = () => el("li", {}, el("b", { class: "num" }), el("span"));
  const update = (item, line) => {
    writeOrHide(item.firstElementChild, line.time);
    write(item.lastElementChild, line.text);
  };
  keyed($("history"), lines, (line) => line.time + line.text, make, update);
}
