// Which of the page's states a ticket is in: one headline and one main action each.

const SOON = 2;
const BY_STATUS = { serving: "serving", held: "held", completed: "served", cancelled: "cancelled" };
const DAY = { year: "numeric", month: "2-digit", day: "2-digit" };

export const isCalled = (state) => state === "turn" || state === "recalled";

export function stateOf({ ticket, ahead, branch, counters = [], now }) {
  if (isOfAnotherDay(ticket, branch, now)) return "over";
  if (ticket.status === "called") return ticket.recalls > 0 ? "recalled" : "turn";
  if (ticket.status === "missed") return now < graceEnds(ticket, branch) ? "missed" : "expired";
  if (ticket.status !== "waiting") return BY_STATUS[ticket.status];
  if (!branch.is_open && !isServed(ticket, counters)) return "closed";
  return ahead <= SOON ? "soon" : "waiting";
}

/** When a missed ticket stops being welcome; for ever away when nobody said when it was missed. */
export function graceEnds(ticket, branch) {
  return ticket.missed_at ? Date.parse(ticket.missed_at) + branch.settings.grace_minutes * 60_000 : Infinity;
}

// After the doors close the people inside are still called, as long as somebody sits there for them.
function isServed(ticket, counters) {
  return counters.some(
    (counter) => counter.status !== "closed" && counter.service_ids.includes(ticket.service_id),
  );
}

// A phone left open overnight must not promise yesterday's place.
function isOfAnotherDay(ticket, branch, now) {
  if (ticket.status === "completed") return false;
  const format = new Intl.DateTimeFormat("en", { ...DAY, timeZone: branch.time_zone });
  return format.format(new Date(ticket.created_at)) !== format.format(new Date(now));
}
