// When to ask whom, and what to admit. No browser in here: inputs and a clock go in, actions come out. The rules are the same for
// every client of the system; ../tests/vectors.json is their examination, in any language.
//
// Inputs (each has a `type`):  start · clock · up · down {code?} · stopping {retry_in_ms} · tick {epoch, heads}
//   packet {events} · ack {id, ok, reset?, epoch, streams} · unanswered {id} · snapshot {id, epoch, heads}
//   snapshot-failed {id, gone?} · polled {id, pages} · poll-failed {id, status} · check · hidden · resync
// Actions: connect · disconnect · resume {id, epoch, after} · poll {id, epoch, after, limit} · snapshot {id} · load · apply {event}

import { INPUTS, SILENCE_MS } from "./inputs.js";
import { Streams } from "./streams.js";

export const POLL_EVERY_MS = 5000;
const QUICK_TRIES = 5;
const BACKOFF_MS = 1000;
const BACKOFF_LIMIT_MS = 10_000;
const LAG_MS = 2000; // a tick may overtake the news it counts; for this long that is no loss
const BLIP_MS = 2000; // a shorter break is not worth a word
const REFUSED_MS = 10_000;
const OPEN_MS = 10_000;
const ANSWER_MS = 6000;
const STALE_MS = 15_000;
const FROZEN_MS = 30_000;
const RECOVERED_MS = 4000;
const FRUITLESS = 3; // resumes that closed no gap, until only a snapshot can

export class Engine {
  constructor(snapshot, { now = 0, random = Math.random, page = 500 } = {}) {
    this.streams = new Streams(snapshot);
    Object.assign(this, { random, page });
    this.socket = "down"; // down, opening, up
    this.isSynced = false; // the socket is up, and a resume proved that nothing is missing
    this.isLost = this.streams.epoch === null; // our cursors are worth nothing: only a snapshot helps
    this.wants = { snapshot: this.isLost, resume: false };
    this.flights = {}; // asked and not answered: resume, snapshot, poll; never two of a kind
    this.asked = 0;
    this.failures = { connect: 0, resume: 0, snapshot: 0 };
    this.notBefore = { connect: Number.POSITIVE_INFINITY, resume: 0, snapshot: 0, poll: 0 };
    Object.assign(this, { now, startedAt: now, lostAt: now, freshAt: now, heardAt: now, shownAt: now });
    this.loadedAt = this.resumedAt = Number.NEGATIVE_INFINITY;
    this.shown = "live";
  }

  /** Take one input, give the actions it causes. `now` is a monotonic clock in ms. */
  handle(input, now) {
    this.now = now;
    this.actions = [];
    INPUTS[input.type](this, input);
    this.expire();
    this.weigh();
    this.decide();
    this.show();
    return this.actions;
  }

  /** What to tell people. Frozen: nothing may look live any more. */
  status(now = this.now) {
    const age_ms = now - this.freshAt;
    const frozen = this.isGone === true || age_ms >= FROZEN_MS;
    return { state: this.shown, age_ms, shown_ms: now - this.shownAt, frozen, cause: this.cause() };
  }

  take(events) {
    for (const event of events) {
      if (event.epoch !== this.streams.epoch) this.getLost();
      this.apply(this.streams.take(event));
    }
    if (this.streams.held.size > 0 && !this.streams.isRecording) this.wants.resume = true;
    if (this.streams.isOverflowing()) this.getLost();
  }

  apply(events) {
    for (const event of events) this.actions.push({ type: "apply", event });
  }

  getLost() {
    this.isLost = true;
    this.wants.snapshot = true;
  }

  // --- Time --------------------------------------------------------------------------------------------------

  expire() {
    if (this.isOverdue("resume")) this.hangUp();
    if (this.isOverdue("snapshot")) this.failSnapshot();
    if (this.isOverdue("poll")) this.failPoll();
    if (this.socket === "opening" && this.now - this.openedAt >= OPEN_MS) this.hangUp();
    if (this.socket === "up" && this.now - this.heardAt >= SILENCE_MS) this.hangUp();
  }

  isOverdue(kind) {
    return this.flights[kind] !== undefined && this.now - this.flights[kind].since >= ANSWER_MS;
  }

  weigh() {
    const isBehind = this.streams.isBehind();
    this.lagSince = isBehind ? (this.lagSince ?? this.now) : undefined;
    if (isBehind && this.now - this.lagSince >= LAG_MS) this.wants.resume = true;
    if (!this.isLost) this.freshAt = this.streams.freshAt(this.startedAt);
    const isQuiet = this.now - Math.max(this.freshAt, this.resumedAt) >= SILENCE_MS;
    if (this.isSynced && isQuiet) this.wants.resume = true; // a stream fell silent: this subscribes to it again
  }

  // --- Asking: the one place where anything is asked for -----------------------------------------------------

  decide() {
    if (this.isGone) return;
    if (this.wants.snapshot) this.ask("snapshot");
    if (this.wants.resume && this.socket === "up") this.ask("resume", this.place());
    if (this.isDegraded() && !this.isHidden) this.ask("poll", { ...this.place(), limit: this.page });
    if (this.socket === "down" && this.now >= this.notBefore.connect) this.open();
  }

  ask(type, details = {}) {
    const isIdle = this.isLost && type !== "snapshot";
    if (isIdle || this.flights[type] || this.now < this.notBefore[type]) return;
    if (type === "snapshot") this.streams.record();
    this.wants[type] = type === "snapshot"; // wanted until it is here
    this.asked += 1;
    this.flights[type] = { id: this.asked, since: this.now };
    this.actions.push({ type, id: this.asked, ...details });
  }

  place() {
    return { epoch: this.streams.epoch, after: this.streams.after() };
  }

  /** Is this the answer to what was asked last? Answers to older questions are not even looked at. */
  isAnswer(kind, id) {
    if (this.flights[kind]?.id !== id) return false;
    delete this.flights[kind];
    return true;
  }

  isDegraded() {
    const isLong = this.failures.connect > QUICK_TRIES || this.now - this.lostAt >= REFUSED_MS;
    return !this.isSynced && isLong;
  }

  backoff(failures) {
    return this.random() * Math.min(BACKOFF_LIMIT_MS, BACKOFF_MS * 2 ** failures);
  }

  // --- The socket --------------------------------------------------------------------------------------------

  open() {
    this.socket = "opening";
    this.openedAt = this.now;
    this.actions.push({ type: "connect" });
  }

  hangUp() {
    this.actions.push({ type: "disconnect" });
    this.lose();
  }

  lose() {
    if (this.isSynced) this.lostAt = this.now;
    this.isSynced = false;
    this.socket = "down";
    this.wants.resume = false;
    delete this.flights.resume;
    this.notBefore.connect = this.now + this.pause();
  }

  pause() {
    const restart = this.restartIn;
    this.restartIn = undefined;
    if (restart !== undefined) return restart + this.random() * BACKOFF_MS; // all are told at once; come back one by one
    this.failures.connect += 1;
    return this.backoff(this.failures.connect - 1);
  }

  /** Nothing is missing any more. */
  arrive() {
    this.isSynced = true;
    this.wants.resume = false;
    this.failures.connect = 0;
    this.failures.resume = 0;
  }

  // --- Questions without a good answer -----------------------------------------------------------------------

  failResume() {
    this.notBefore.resume = this.now + this.backoff(this.failures.resume);
    this.failures.resume += 1;
    this.wants.resume = true;
    if (this.failures.resume < FRUITLESS) return;
    this.failures.resume = 0;
    this.getLost();
  }

  failSnapshot() {
    delete this.flights.snapshot;
    this.notBefore.snapshot = this.now + this.backoff(this.failures.snapshot);
    this.failures.snapshot += 1;
    this.wants.snapshot = this.isLost; // a mere wish is dropped
    this.apply(this.streams.replay());
  }

  failPoll() {
    delete this.flights.poll;
    this.isPolling = false;
    this.pollLater();
  }

  pollLater() {
    this.notBefore.poll = this.now + POLL_EVERY_MS * (0.8 + 0.4 * this.random());
  }

  // --- What people see ---------------------------------------------------------------------------------------

  show() {
    const next = this.celebrate(this.state());
    if (next === this.shown) return;
    this.shown = next;
    this.shownAt = this.now;
  }

  /** After any trouble "live again" for a moment, then quiet. */
  celebrate(state) {
    if (state !== "live" || this.shown === "live") return state;
    const isOver = this.shown === "recovered" && this.now - this.shownAt >= RECOVERED_MS;
    return isOver ? "live" : "recovered";
  }

  state() {
    if (this.isGone || this.now - this.freshAt >= STALE_MS) return "stale";
    if (this.isSynced) return "live";
    if (this.isDegraded() && this.isPolling) return "polling";
    return this.now - this.lostAt >= BLIP_MS ? "reconnecting" : "live";
  }

  cause() {
    if (this.shown === "live" || this.shown === "recovered") return null;
    if (this.isGone) return "gone";
    if (this.isSynced) return "silent";
    if (this.isRestarting) return "restarting";
    return this.refusal ? "refused" : "offline";
  }
}
