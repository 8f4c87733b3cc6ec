// What an act will most likely do, painted as pending within the same frame; the answer or the news replaces it.
// A guess is a Map of ticket id -> what changes about it.

export function guess(act, { open, line, counter, ticketId, reason }, at) {
  const known = { first: line[0], counter, ticketId: ticketId ?? open?.id, reason, at };
  return new Map(GUESSES[act]?.(known) ?? []);
}

const GUESSES = {
  "call-next": ({ first, counter, at }) => calling(first?.id, counter, at),
  call: ({ ticketId, counter, at }) => calling(ticketId, counter, at),
  start: ({ ticketId, at }) => [[ticketId, { status: "serving", started_at: at }]],
  complete: ({ ticketId }) => [[ticketId, { status: "completed" }]],
  "complete-next": ({ first, ticketId, counter, at }) => [
    [ticketId, { status: "completed" }],
    ...calling(first?.id, counter, at),
  ],
  miss: ({ ticketId, at }) => [[ticketId, { status: "missed", missed_at: at }]],
  hold: ({ ticketId, reason, at }) => [
    [ticketId, { status: "held", held_at: at, hold_reason: reason ?? null }],
  ],
  transfer: ({ ticketId }) => [[ticketId, { status: "on-its-way" }]],
  return: ({ ticketId }) => [[ticketId, { status: "on-its-way" }]],
  cancel: ({ ticketId }) => [[ticketId, { status: "cancelled" }]],
};

function calling(id, counter, at) {
  const now = { status: "called", counter_id: counter.id, called_at: at, recalls: 0, on_my_way_at: null };
  return id ? [[id, now]] : [];
}

/** What the toast offers to take back after an answer. Counters and their breaks are no tickets: they leave it as it was. */
export function undoable(act, answer) {
  if (COUNTER_ACTS.has(act)) return null;
  const done = [{ act: act === "call-next" ? "call" : act, number: answer.number }];
  if (answer.called) done.push({ act: "call", number: answer.called.number });
  return offered(done);
}

/** Once service has started, the way back is through the acts themselves. */
export function offered(acts) {
  return acts.every(({ act }) => OFFERED.has(act)) ? acts : [];
}

const COUNTER_ACTS = new Set(["open", "pause", "close"]);
const OFFERED = new Set(["call", "complete", "miss", "hold", "resume", "transfer", "return", "cancel"]);
