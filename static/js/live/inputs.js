// What each input means to the engine (see engine.js for the list). They note what is known and wanted; engine.decide() asks.

const OVERTAKEN_MS = 10_000;
export const SILENCE_MS = 12_000; // two ticks missed: the socket is dead, whatever it says
const CALM_MS = 30_000;

export const INPUTS = {
  clock() {},

  start(engine) {
    engine.notBefore.connect = engine.now;
  },

  up(engine) {
    engine.socket = "up";
    engine.heardAt = engine.now;
    engine.refusal = undefined;
    engine.isRestarting = false;
    engine.wants.resume = true;
    engine.notBefore.resume = engine.now;
  },

  down(engine, { code }) {
    if (engine.socket === "down") return;
    engine.refusal = code;
    engine.lose();
  },

  stopping(engine, { retry_in_ms }) {
    engine.restartIn = retry_in_ms;
    engine.isRestarting = true;
  },

  tick(engine, { epoch, heads = {} }) {
    engine.heardAt = engine.now;
    if (epoch !== engine.streams.epoch) {
      engine.getLost();
      return;
    }
    engine.streams.prove(heads, engine.now);
    watchOvertaking(engine, heads);
  },

  packet(engine, { events }) {
    engine.heardAt = engine.now;
    engine.take(events);
  },

  ack(engine, { id, ok, code, reset, epoch, streams = {} }) {
    engine.heardAt = engine.now;
    if (!engine.isAnswer("resume", id)) return;
    engine.refusal = code;
    engine.resumedAt = engine.now;
    if (!ok) engine.failResume();
    else if (reset || epoch !== engine.streams.epoch) engine.getLost();
    else replay(engine, Object.entries(streams));
  },

  unanswered(engine, { id }) {
    if (engine.isAnswer("resume", id)) engine.hangUp();
  },

  snapshot(engine, { id, epoch, heads }) {
    const isOld = engine.flights.snapshot?.isOld === true;
    if (!engine.isAnswer("snapshot", id)) return;
    const isSoon = engine.now - engine.loadedAt < CALM_MS;
    engine.failures.snapshot = isSoon ? engine.failures.snapshot + 1 : 0;
    engine.loadedAt = engine.now;
    engine.notBefore.snapshot = isSoon ? engine.now + engine.backoff(engine.failures.snapshot) : engine.now;
    engine.isLost = false;
    engine.wants = { snapshot: isOld, resume: engine.socket === "up" };
    engine.notBefore.resume = engine.now;
    engine.actions.push({ type: "load" });
    engine.streams.begin({ epoch, heads });
    engine.streams.prove(heads, engine.now);
    engine.apply(engine.streams.replay());
  },

  "snapshot-failed"(engine, { id, gone }) {
    if (!engine.isAnswer("snapshot", id)) return;
    engine.failSnapshot();
    engine.isGone = gone === true;
  },

  polled(engine, { id, pages }) {
    if (!engine.isAnswer("poll", id)) return;
    engine.isPolling = true;
    const isMore = pages.some((page) => page.events.length >= engine.page);
    for (const page of pages) readPage(engine, page);
    if (engine.streams.isBehind() && !isMore) engine.getLost(); // a gap that no page fills
    if (!isMore) engine.pollLater();
  },

  "poll-failed"(engine, { id, status }) {
    if (!engine.isAnswer("poll", id)) return;
    if (status === 410) engine.getLost();
    engine.failPoll();
  },

  hidden(engine) {
    engine.isHidden = true;
  },

  /** Someone looks at the page again: find out at once, without any waiting that was still due. */
  check(engine) {
    engine.isHidden = false;
    if (engine.isGone) INPUTS.resync(engine);
    engine.isGone = false;
    if (engine.socket === "up" && engine.now - engine.heardAt >= SILENCE_MS) engine.hangUp();
    engine.wants.resume = engine.socket === "up";
    for (const kind of Object.keys(engine.notBefore)) engine.notBefore[kind] = engine.now;
    engine.failures.connect = 0;
  },

  /** The page wants the whole truth again. One that is under way may be older than the wish. */
  resync(engine) {
    engine.wants.snapshot = true;
    engine.failures.snapshot = 0;
    engine.notBefore.snapshot = engine.now;
    if (engine.flights.snapshot) engine.flights.snapshot.isOld = true;
  },
};

/** A server that keeps knowing less than we do was set back without saying so: it would number new things as old ones. */
function watchOvertaking(engine, heads) {
  const isOvertaken = engine.streams.isAheadOf(heads);
  engine.overtakenSince = isOvertaken ? (engine.overtakenSince ?? engine.now) : undefined;
  if (isOvertaken && engine.now - engine.overtakenSince >= OVERTAKEN_MS) engine.getLost();
}

function replay(engine, pages) {
  const before = JSON.stringify(engine.streams.after());
  for (const [stream, page] of pages) readPage(engine, { epoch: engine.streams.epoch, stream, ...page });
  const isFruitful = JSON.stringify(engine.streams.after()) !== before;
  if (!engine.streams.isBehind()) engine.arrive();
  else if (isFruitful) engine.wants.resume = true;
  else engine.failResume();
}

function readPage(engine, { epoch, stream, to, events }) {
  engine.take(events);
  if (epoch !== engine.streams.epoch) return engine.getLost();
  if (events.length >= engine.page) return engine.streams.hear(stream, to); // there may be more
  return engine.streams.prove({ [stream]: to }, engine.now);
}
