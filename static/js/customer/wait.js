// The likely wait between two statements of the server: scaled by what the phone knows, and never nervous.

const CALMER_THAN_S = 120;

/** Seconds one more person adds, as the queue's own figures say. */
export function paceOf(service) {
  if (!service?.wait) return null;
  return (service.wait.low_s + service.wait.high_s) / 2 / (service.waiting + 1);
}

/** What the server said, with the circumstances it was said in. */
export function anchorOf(ticket, service) {
  return ticket.wait ? { ...ticket.wait, ahead: ticket.ahead ?? 0, pace: paceOf(service) } : null;
}

/** The anchor carried over to today's number of people and today's pace. */
export function rescale(anchor, ahead, service, walk_s, now) {
  if (!anchor) return null;
  const pace = paceOf(service);
  const quicker = pace && anchor.pace ? pace / anchor.pace : 1;
  const factor = ((ahead + 1) / (anchor.ahead + 1)) * quicker;
  const low_s = anchor.low_s * factor;
  return { low_s, high_s: anchor.high_s * factor, be_back_by: new Date(now + (low_s - walk_s) * 1000).toISOString() };
}

/** Keep what is shown unless it is wrong by two minutes: a range that flickers is believed by nobody. */
export function steady(shown, next) {
  if (!shown || !next) return next;
  const isFar = (key) => Math.abs(shown[key] - next[key]) >= CALMER_THAN_S;
  return isFar("low_s") || isFar("high_s") ? next : shown;
}
