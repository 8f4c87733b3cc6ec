// What happened, in sentences: results, refusals, history, states. Every word comes from the page's texts.
import { clockTime, minutes, page, t, texts } from "../page.js";

/** What an act came to: "A46 completed, A47 called". */
export function outcome(act, answer) {
  if (act === "undo") return t("did_undo");
  return did(act, answer) + (answer.called ? `, ${did("call", answer.called)}` : "");
}

function did(act, { number }) {
  return t(`did_${act === "call-next" ? "call" : act}`, { number });
}

/** If somebody else was faster and another ticket was called than the key promised, say so instead of leaving a riddle. */
export function instead(act, answer, { line: [promised] }, tickets) {
  const called = act === "call-next" ? answer : answer.called;
  if (!called || !promised || called.id === promised.id) return null;
  const { counter } = tickets.find((ticket) => ticket.id === promised.id) ?? {};
  const vars = { promised: promised.number, number: called.number, counter };
  return t(counter ? "did_instead" : "did_instead_gone", vars);
}

/** What undo would take back, in the order it happened. */
export function undoWords(acts) {
  return acts.map((act) => did(act.act, act)).join(", ");
}

// --- Refusals ------------------------------------------------------------------------------------------------

/** Why it did not happen, and what is next. A code without words of its own is said as the server said it. */
export function inWords(problem, { line }) {
  if (problem.status === 0) return t("lost");
  const next = line[0];
  const sentence = own(problem) ?? (problem.detail || problem.title);
  if (!NAMES_NEXT.has(problem.code)) return sentence;
  return `${sentence} ${next ? t("off_next", { number: next.number }) : t("off_nobody")}`;
}

const NAMES_NEXT = new Set(["TicketAlreadyCalled", "NobodyIsWaiting"]);

const OWN = {
  TicketAlreadyCalled: "off_called",
  CounterIsClosed: "off_closed",
  CounterIsBusy: "off_busy",
  NothingToUndo: "off_undo",
  TicketHasChanged: "off_changed",
  RecallTooSoon: "off_soon",
  GraceIsOver: "off_grace",
  TryAgainSoon: "off_busy_hall",
};

/** Our sentence, if the refusal brought every fact it needs. */
function own(problem) {
  const key = OWN[problem.code];
  if (!key) return null;
  const sentence = t(key, problem.facts ?? {});
  return /\{\w+\}/.test(sentence) ? null : sentence;
}

// --- Tickets -------------------------------------------------------------------------------------------------

/** News of a service brings its names in every language; the snapshot's one name may be older. */
export function nameOf(service) {
  return service?.names?.[page.language] ?? service?.name ?? "";
}

export function serviceName(services, id) {
  return nameOf(services.get(id));
}

export function statusWords(ticket, counters) {
  const counter = counters.get(ticket.counter_id)?.name ?? ticket.counter ?? "";
  const at = ticket.status === "missed" ? ticket.missed_at : ticket.finished_at;
  return t(`status_${ticket.status}`, { counter, time: at ? clockTime(at) : "" });
}

/** The language by its own name, so that the agent can read it out. */
export function languageName(code) {
  const name = new Intl.DisplayNames([code], { type: "language", fallback: "code" }).of(code) ?? code;
  return name.charAt(0).toLocaleUpperCase(code) + name.slice(1);
}

/** A ticket's way so far, in clock times and words. */
export function historyLines(history, ticket, counterName) {
  return history.map(({ at, act, counter }) => ({
    time: clockTime(at),
    text: step(act, ticket, counter, counterName),
  }));
}

function step(act, ticket, counter, here) {
  const from = `h_${act}_${ticket.source}`;
  const what = texts[from] ?? texts[`h_${act}`] ?? act;
  return counter && counter !== here ? t("h_at", { what, counter }) : what;
}

export function todayWords(today) {
  if (!today?.served) return t("today_none");
  return t.plural("today", today.served, { average: minutes(Math.max(60, today.average_s)) });
}
