// Thousands of bad days at random: news lost, doubled, out of order, sockets dropped, servers restarted from a backup. Whatever
// happens, once the network is well again the page shows exactly the truth, and no event was applied twice or out of order.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Engine } from "../live/engine.js";
import { Store } from "../live/store.js";

const SCHEDULES = Number(process.env.SCHEDULES ?? 2500);
const SEED = Number(process.env.SEED ?? Date.now() % 1_000_000_000);
const BAD_MS = 20_000;
const WELL_MS = 120_000;
const PAGE = 3;

test(`${SCHEDULES} random schedules end in the truth (SEED=${SEED})`, (t) => {
  t.diagnostic(`repeat with SEED=${SEED}`);
  const tally = { resume: 0, snapshot: 0, poll: 0, apply: 0 };
  for (let i = 0; i < SCHEDULES; i++) {
    const hall = new Hall(randomness(SEED + i), tally);
    assert.ok(hall.run(), `schedule ${i} of SEED=${SEED} did not come to rest: ${hall.describe()}`);
  }
  t.diagnostic(JSON.stringify(tally));
  for (const [action, times] of Object.entries(tally))
    assert.ok(times > SCHEDULES / 10, `too few: ${action}`);
});

function randomness(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** What the server knows: numbered streams of one ticket state. */
class Server {
  constructor(random) {
    Object.assign(this, { random, generation: 0, tickets: new Map() });
    this.restore();
  }

  restore() {
    this.generation += 1;
    this.epoch = `e${this.generation}`;
    this.streams = { "public-1": [], "ticket-9": [] };
    this.floor = {};
  }

  commit() {
    const stream = this.random() < 0.7 ? "public-1" : "ticket-9";
    const id = stream === "ticket-9" ? 9 : 1 + Math.floor(this.random() * 4);
    const ticket = {
      id,
      version: (this.tickets.get(id)?.version ?? 0) + 1,
      status: this.random() < 0.5 ? "waiting" : "called",
    };
    this.tickets.set(id, ticket);
    const event = { stream, seq: this.streams[stream].length + 1, epoch: this.epoch, data: { ticket } };
    this.streams[stream].push(event);
    return event;
  }

  prune() {
    this.floor["public-1"] = Math.max(0, this.streams["public-1"].length - 2);
  }

  heads() {
    return Object.fromEntries(
      Object.entries(this.streams).map(([stream, events]) => [stream, events.length]),
    );
  }

  snapshot() {
    return { epoch: this.epoch, heads: this.heads(), tickets: [...this.tickets.values()] };
  }

  isBeyond(epoch, after) {
    return (
      epoch !== this.epoch || Object.entries(after).some(([stream, seq]) => seq < (this.floor[stream] ?? 0))
    );
  }

  pages(after) {
    return Object.entries(after).map(([stream, seq]) => {
      const events = this.streams[stream].slice(seq, seq + PAGE);
      return { epoch: this.epoch, stream, from: seq, to: seq + events.length, events };
    });
  }
}

/** One page, one server, and a network that is bad at first. */
class Hall {
  constructor(random, tally) {
    Object.assign(this, { random, tally, now: 0, mail: [], isUp: false, nextTick: 0 });
    this.server = new Server(random);
    for (let i = 0; i < 5; i++) this.server.commit();
    const snapshot = this.server.snapshot();
    this.engine = new Engine(snapshot, { random, page: PAGE });
    this.store = new Store(snapshot);
    this.applied = { ...snapshot.heads };
  }

  run() {
    this.feed({ type: "start" });
    while (this.now < BAD_MS) this.step(() => this.suffer());
    while (this.now < WELL_MS && !this.isTrue()) this.step(() => {});
    return this.isTrue();
  }

  isBad() {
    return this.now < BAD_MS && this.random() < 0.3;
  }

  step(happen) {
    this.now += 100 + Math.floor(this.random() * 900);
    happen();
    this.tick();
    this.deliver();
    this.feed({ type: "clock" });
  }

  suffer() {
    const fate = this.random();
    if (fate < 0.6)
      for (let i = Math.floor(this.random() * 4); i >= 0; i--) this.publish(this.server.commit());
    else if (fate < 0.68) this.drop();
    else if (fate < 0.7) this.server.restore();
    else if (fate < 0.74) this.server.prune();
    else if (fate < 0.78) this.feed({ type: this.random() < 0.5 ? "check" : "hidden" });
    else if (fate < 0.8) this.feed({ type: "resync" });
  }

  publish(event) {
    if (!this.isUp || this.isBad()) return; // lost
    this.send({ type: "packet", events: [event] });
    if (this.isBad()) this.send({ type: "packet", events: [event, event] });
  }

  tick() {
    if (this.now < this.nextTick) return;
    this.nextTick = this.now + 5000;
    if (this.isUp) this.send({ type: "tick", epoch: this.server.epoch, heads: this.server.heads() });
  }

  drop() {
    this.isUp = false;
    this.feed({ type: "down" });
  }

  send(input, body) {
    const delay = this.isBad() ? this.random() * 3000 : 20; // late, so out of order
    this.mail.push({ at: this.now + delay, input, body });
  }

  deliver() {
    const due = this.mail.filter(({ at }) => at <= this.now).sort((one, other) => one.at - other.at);
    this.mail = this.mail.filter(({ at }) => at > this.now);
    for (const { input, body } of due) this.feed(input, body);
  }

  feed(input, body) {
    if (input.type === "up") this.isUp = true;
    for (const action of this.engine.handle(input, this.now)) this.perform(action, body);
  }

  perform(action, body) {
    if (action.type in this.tally) this.tally[action.type] += 1;
    this[action.type](action, body);
  }

  // --- The actions of the engine -----------------------------------------------------------------------------

  connect() {
    this.send({ type: this.isBad() ? "down" : "up" });
  }

  disconnect() {
    this.isUp = false;
    this.mail = this.mail.filter(({ input }) => input.type !== "up");
  }

  resume({ id, epoch, after }) {
    if (this.isBad()) return this.isBad() && this.send({ type: "unanswered", id });
    const pages = Object.fromEntries(this.server.pages(after).map((page) => [page.stream, page]));
    const isReset = this.server.isBeyond(epoch, after);
    const answer = isReset ? { reset: true } : { epoch: this.server.epoch, streams: pages };
    return this.send({ type: "ack", id, ok: true, ...answer });
  }

  poll({ id, epoch, after }) {
    const status = this.isBad() ? 502 : 410;
    if (status === 502 || this.server.isBeyond(epoch, after))
      return this.send({ type: "poll-failed", id, status });
    return this.send({ type: "polled", id, pages: this.server.pages(after) });
  }

  snapshot({ id }) {
    if (this.isBad()) return this.send({ type: "snapshot-failed", id });
    const body = this.server.snapshot();
    return this.send({ type: "snapshot", id, epoch: body.epoch, heads: body.heads }, body);
  }

  load(_action, body) {
    this.store.load(body);
    this.applied = { ...body.heads };
  }

  apply({ event }) {
    assert.equal(event.seq, this.applied[event.stream] + 1, "each event once and in order");
    this.applied[event.stream] = event.seq;
    this.store.apply(event);
  }

  // --- The truth ---------------------------------------------------------------------------------------------

  isTrue() {
    const isLive = this.engine.isSynced && this.engine.streams.epoch === this.server.epoch;
    return isLive && this.shown(this.store.tickets) === this.shown(this.server.tickets);
  }

  shown(tickets) {
    return JSON.stringify([...tickets.values()].sort((one, other) => one.id - other.id));
  }

  describe() {
    return JSON.stringify({
      cursors: this.engine.streams.after(),
      heads: this.server.heads(),
      ...this.engine.status(),
    });
  }
}
