// The likely wait between two statements of the server, from the figures of the whole queue; and never nervous.

const NERVOUS_S = 120;
const LAST_STEP_S = 60; // however few are ahead, the high end is a minute more: nobody is called in no time

/** The holder's share of the queue's own wait; nothing while nobody can know. */
export function waitOf(ahead, service, walk_s, now) {
  if (!service?.wait) return null;
  const share = ahead / Math.max(service.waiting, ahead, 1);
  const low_s = service.wait.low_s * share;
  const high_s = LAST_STEP_S + Math.max(0, service.wait.high_s - LAST_STEP_S) * share;
  return { low_s, high_s, be_back_by: new Date(now + Math.max(0, low_s - walk_s) * 1000).toISOString() };
}

/** Keep what is shown unless it is wrong by two minutes: a range that flickers is believed by nobody. */
export function steady(shown, next) {
  if (!shown || !next) return next;
  const isFar = (key) => Math.abs(shown[key] - next[key]) >= NERVOUS_S;
  return isFar("low_s") || isFar("high_s") ? next : shown;
}
