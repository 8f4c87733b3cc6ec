// The live page: wires the engine (rules), the store (state) and the strip (what people are told) to this browser.
// The only file that knows socket.io. It reconnects by the engine's rules alone, so all that waits is in one place.

import { io } from "../vendor/socket.io.esm.min.js";
import { SteadyClock } from "./live/clock.js";
import { Engine, POLL_EVERY_MS } from "./live/engine.js";
import { Seen, Store } from "./live/store.js";
import { showStatus } from "./live/strip.js";
import { get, page, serverNow, setServerTime } from "./page.js";

export { Engine, Store };

const HEARTBEAT_MS = 30_000;
const CLOCK_MS = 500;
const ANSWER_MS = 5000;
const FRESH_MS = 60_000; // older news is shown, and not announced

/**
 * Keep this page true. Callbacks, none of them before live() has returned:
 * onChange(store) once at first, then after changes, at most once a frame;
 * onLoad(store) after each later snapshot, before the news that follows it;
 * onNews(envelope, {fresh}) once per event;
 * onStatus(status) when it changes, and every second of trouble;
 * `on` = {"event-name": handler} for news that is not stored (latest wins).
 */
export function live(callbacks = {}) {
  const line = new Line(callbacks);
  queueMicrotask(() => line.start());
  return {
    store: line.store,
    get status() {
      return line.status();
    },
    resync: () => line.resync(),
    changed: () => line.change(),
    join: (event, payload) => line.join(event, payload),
    report: (health) => Object.assign(line.health, health),
    navigated: () => line.navigated(),
  };
}

class Line {
  constructor({ onChange, onNews, onLoad, onStatus, on = {} }) {
    Object.assign(this, { onChange, onNews, onLoad, onStatus, on });
    this.store = new Store(page.snapshot ?? {});
    this.clock = new SteadyClock();
    this.engine = new Engine(page.snapshot ?? {}, { now: this.clock.now() });
    this.inbox = [];
    this.seen = new Seen();
    this.joins = [];
    this.health = {};
    this.loaded = [];
    if (page.snapshot?.time) setServerTime(page.snapshot.time);
  }

  start() {
    const options = {
      transports: ["websocket"],
      reconnection: false,
      autoConnect: false,
      timeout: ANSWER_MS,
    };
    this.socket = io(page.namespace, { ...options, auth: page.token ? { token: page.token } : {} });
    this.listen();
    this.watch();
    setInterval(() => this.feed({ type: "clock" }), CLOCK_MS);
    setInterval(() => this.beat(), HEARTBEAT_MS);
    if (document.hidden) this.feed({ type: "hidden" });
    this.feed({ type: "start" });
    this.change();
  }

  // --- Between the browser and the engine --------------------------------------------------------------------

  /** One input at a time, in order, even when a callback causes the next one. */
  feed(input) {
    this.inbox.push(input);
    if (this.inbox.length > 1) return;
    for (; this.inbox.length > 0; this.inbox.shift()) attempt(() => this.step(this.inbox[0]));
    this.tell();
  }

  step(input) {
    if (input.time) setServerTime(input.time);
    if (this.clock.hasSlept()) this.inbox.splice(1, 0, { type: "check" });
    for (const action of this.engine.handle(input, this.clock.now())) this.perform(action, input);
  }

  perform(action, input) {
    attempt(() => ACTIONS[action.type](this, action, input));
  }

  listen() {
    const { socket } = this;
    socket.on("connect", () => this.connected());
    socket.on("connect_error", (error) => this.feed({ type: "down", code: error.data?.code }));
    socket.on("disconnect", (reason) => reason !== "io client disconnect" && this.feed({ type: "down" }));
    socket.onAny((name, payload) => this.hear(name, payload));
  }

  hear(name, payload) {
    if (name === "events") this.feed({ type: "packet", events: payload.events });
    else if (name in NEWS) this.feed({ ...payload, type: NEWS[name] });
    else if (payload?.seq !== undefined) this.feed({ type: "packet", events: [payload] });
    else this.pass(name, payload);
  }

  /** News that is not stored: a figure of now, the latest wins. */
  pass(name, payload) {
    if (name === "stats-updated") this.store.patch(payload.stats ?? payload);
    if (name === "queue-updated") this.store.patch({ services: [payload] });
    attempt(() => this.on[name]?.(payload));
    this.change();
  }

  watch() {
    const look = () => this.feed({ type: document.hidden ? "hidden" : "check" });
    document.addEventListener("visibilitychange", look);
    document.addEventListener("visibilitychange", () => document.hidden && this.paint());
    addEventListener("pageshow", (event) => event.persisted && look());
    addEventListener("online", look);
  }

  // --- Asking ------------------------------------------------------------------------------------------------

  connected() {
    this.feed({ type: "up" });
    this.navigated();
    for (const [event, payload] of this.joins) this.emit(event, payload).catch(() => {});
    this.beat();
  }

  /** Tell where this screen is now; a face that changes its address without a reload says so itself. */
  navigated() {
    if (this.socket?.connected) this.emit("page-navigate", { path: place() }).catch(() => {});
  }

  join(event, payload) {
    this.joins.push([event, payload]);
    return this.socket.connected ? this.emit(event, payload) : Promise.resolve(null);
  }

  emit(event, payload) {
    return this.socket.timeout(ANSWER_MS).emitWithAck(event, payload);
  }

  async beat() {
    if (!this.socket.connected) return;
    const sent = performance.now();
    const payload = {
      heads: this.engine.streams.after(),
      page: place(),
      rtt_ms: this.rtt,
      ...this.health,
    };
    const answer = await this.emit("heartbeat", payload).catch(() => null);
    if (!answer?.ok) return;
    this.rtt = Math.round(performance.now() - sent);
    this.feed({ epoch: this.engine.streams.epoch, heads: {}, ...answer, type: "tick" });
  }

  resync() {
    const done = new Promise((resolve) => this.loaded.push(resolve));
    this.feed({ type: "resync" });
    return done;
  }

  // --- Telling the page --------------------------------------------------------------------------------------

  announce(envelope) {
    const fresh = serverNow() - Date.parse(envelope.at) < FRESH_MS;
    if (this.seen.add(envelope.eid)) attempt(() => this.onNews?.(envelope, { fresh }));
  }

  /** Paint soon, once. A hidden page has no frames, and a phone in a pocket must still ring. */
  change() {
    if (this.isDue) return;
    this.isDue = true;
    if (document.hidden) setTimeout(() => this.paint());
    else requestAnimationFrame(() => this.paint());
  }

  paint() {
    if (!this.isDue) return;
    this.isDue = false;
    attempt(() => this.onChange?.(this.store));
  }

  status() {
    const { state, age_ms, shown_ms, frozen, cause } = this.engine.status(this.clock.now());
    const now = serverNow();
    return {
      state,
      since: now - shown_ms,
      asOf: now - age_ms,
      age_s: Math.floor(age_ms / 1000),
      frozen,
      cause,
    };
  }

  tell() {
    const status = this.status();
    showStatus(status, POLL_EVERY_MS / 1000);
    const { state, frozen, cause, age_s } = status;
    const sign = state === "live" ? "live" : [state, frozen, cause, age_s].join();
    if (sign !== this.sign) attempt(() => this.onStatus?.(status));
    this.sign = sign;
  }
}

const NEWS = { welcome: "tick", tick: "tick", "server-stopping": "stopping" };

const ACTIONS = {
  connect: (line) => line.socket.connect(),
  disconnect: (line) => line.socket.disconnect(),

  apply(line, { event }) {
    line.store.apply(event);
    line.change();
    line.announce(event);
  },

  load(line, _action, { body }) {
    line.store.load(body);
    attempt(() => line.onLoad?.(line.store));
    line.change();
  },

  async resume(line, { id, epoch, after }) {
    const answer = await line.emit("resume", { epoch, after }).catch(() => null);
    line.feed(answer ? { ...answer, type: "ack", id } : { type: "unanswered", id });
  },

  async snapshot(line, { id }) {
    try {
      const body = await get(page.snapshot_url);
      line.feed({ type: "snapshot", id, epoch: body.epoch, heads: body.heads, time: body.time, body });
    } catch (problem) {
      line.feed({ type: "snapshot-failed", id, gone: isGone(problem) });
    }
    if (!line.engine.flights.snapshot) for (const resolve of line.loaded.splice(0)) resolve(line.store);
  },

  async poll(line, { id, ...place }) {
    try {
      line.feed({ type: "polled", id, pages: await Promise.all(pageUrls(line, place).map(get)) });
    } catch (problem) {
      line.feed({ type: "poll-failed", id, status: problem.status });
    }
  },
};

/** Where this page is, for presence. A ticket's own path is its secret. */
function place() {
  return page.token ? page.namespace : location.pathname + location.search;
}

/** Only the server's own words prove that a thing is gone; a proxy's bare 404 proves nothing. */
function isGone({ status, code }) {
  return (status === 404 || status === 410) && code !== "Unknown";
}

function pageUrls(line, { epoch, after, limit }) {
  return Object.entries(after).map(([stream, seq]) => {
    const query = new URLSearchParams({ stream, epoch, after: seq, limit });
    return `/api/branches/${line.store.branch.id}/events?${query}`;
  });
}

/** A face's mistake, or a packet nobody can read, must not stop the line that keeps the page true. */
function attempt(deed) {
  try {
    deed();
  } catch (mistake) {
    console.error(mistake);
  }
}
