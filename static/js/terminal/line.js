// What an agent has before them, worked out from tickets alone. No page, no network and no clock in here: each rule can be tested.

const AT_A_COUNTER = new Set(["called", "serving"]);

/** A head start that this counter gives to a service moves its tickets forward here, and nowhere else. */
export function placeOf(ticket, weights) {
  return ticket.rank - (weights.get(ticket.service_id) ?? 0) * 1e6;
}

export function weightsOf(counter) {
  return new Map((counter.services ?? []).map((skill) => [skill.service_id, skill.weight_s]));
}

/** Who is called here, first to last. */
export function upNext(tickets, counter) {
  const weights = weightsOf(counter);
  return tickets
    .filter((ticket) => ticket.status === "waiting" && isFor(counter, ticket))
    .sort((a, b) => placeOf(a, weights) - placeOf(b, weights) || a.id - b.id);
}

function isFor(counter, ticket) {
  if (ticket.destination_id) return ticket.destination_id === counter.id;
  return counter.service_ids.includes(ticket.service_id);
}

/** Why this ticket is the next one here, as a code; nothing where nothing needs explaining. */
export function whyFirst([first, ...others], counter) {
  if (!first) return null;
  if (first.destination_id === counter.id) return "sent-here";
  if (first.priority !== "normal") return first.priority;
  if (others.every((other) => arrivedAt(other) >= arrivedAt(first))) return "longest-wait";
  return weightsOf(counter).get(first.service_id) ? "weight" : null;
}

export function arrivedAt(ticket) {
  return ticket.arrived_at ?? ticket.created_at;
}

export function openAt(tickets, counter) {
  return (
    tickets.find((ticket) => ticket.counter_id === counter.id && AT_A_COUNTER.has(ticket.status)) ?? null
  );
}

export function heldAt(tickets, counter) {
  const held = tickets.filter((ticket) => ticket.status === "held" && ticket.counter_id === counter.id);
  return held.sort((a, b) => compare(a.held_at, b.held_at));
}

/** Missed here or in a line of ours, while they may still return. The next to lose that right comes first. */
export function missedFor(tickets, counter, graceMinutes, now) {
  const since = now - graceMinutes * 60_000;
  return tickets
    .filter((ticket) => ticket.status === "missed" && Date.parse(ticket.missed_at) > since)
    .filter((ticket) => ticket.counter_id === counter.id || counter.service_ids.includes(ticket.service_id))
    .sort((a, b) => compare(a.missed_at, b.missed_at));
}

function compare(a, b) {
  return a === b ? 0 : a < b ? -1 : 1;
}

/** The newer seat wins, and so does another person; a closed counter is nobody's. */
export function isElsewhere(counter, seat, userId) {
  if (counter.status === "closed") return false;
  const isAnotherTab = Boolean(counter.seat) && counter.seat !== seat;
  return isAnotherTab || (counter.agent ?? { id: userId }).id !== userId;
}

/** Which of the seven pictures the page shows. */
export function sceneName({ counter, open, line, elsewhere }) {
  if (elsewhere) return "elsewhere";
  if (open) return open.status === "called" ? "calling" : "serving";
  if (counter.status !== "open") return counter.status;
  return line.length > 0 ? "free" : "empty";
}

/** After the last call and long enough, nobody is coming: then no-show is the likely next thing. */
export function isNoShowLikely(ticket, settings, now) {
  const calledFor_s = (now - Date.parse(ticket.called_at)) / 1000;
  return ticket.recalls + 1 >= settings.recall_limit && calledFor_s >= NO_SHOW_AFTER_S;
}

const NO_SHOW_AFTER_S = 90;

/** What can be done with any ticket found, most likely first. */
export function actsFor(ticket) {
  return ACTS[ticket.status];
}

const ACTS = {
  waiting: ["call", "transfer", "note", "cancel"],
  called: ["note"],
  serving: ["note"],
  held: ["resume", "transfer", "note", "cancel"],
  missed: ["return", "note", "cancel"],
  completed: ["note"],
  cancelled: ["note"],
};
