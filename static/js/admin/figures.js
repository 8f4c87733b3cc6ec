// What the live page counts. Pure: state in, figures out, so that the numbers can be tested without a screen.

const SECONDS = 1000;

/** The ticket that has waited longest; arrival counts, not the place in the queue. */
export function longest(tickets) {
  const waiting = [...tickets].filter((ticket) => ticket.status === "waiting");
  return waiting.reduce(
    (oldest, ticket) => (!oldest || arrival(ticket) < arrival(oldest) ? ticket : oldest),
    null,
  );
}

export function arrival(ticket) {
  return Date.parse(ticket.arrived_at ?? ticket.created_at);
}

export function waitedSeconds(ticket, now) {
  return Math.max(0, Math.floor((now - arrival(ticket)) / SECONDS));
}

/** Everybody who waits, by service; `stats` is the count that the server vouches for. */
export function waitingNow(services) {
  return [...services].reduce((sum, service) => sum + (service.waiting ?? 0), 0);
}

export function openCounters(counters, serviceId = null) {
  return [...counters].filter(
    (counter) => counter.status === "open" && (serviceId === null || counter.service_ids.includes(serviceId)),
  ).length;
}

/** What a counter is doing, in one word, with the ticket and the moment since when. */
export function doing(counter, tickets) {
  const own = [...tickets].find(
    (ticket) => ticket.counter_id === counter.id && ["called", "serving"].includes(ticket.status),
  );
  if (own?.status === "called") return { state: "calling", ticket: own, since: own.called_at };
  if (own) return { state: "serving", ticket: own, since: own.started_at ?? own.called_at };
  return {
    state: { open: "free", paused: "break", closed: "closed" }[counter.status],
    ticket: null,
    since: null,
  };
}

/** Counter names are numbers more often than not: 2 comes before 10. */
export function byName(a, b) {
  return a.name.localeCompare(b.name, undefined, { numeric: true });
}

export function byPosition(a, b) {
  return a.position - b.position || a.letter.localeCompare(b.letter);
}
