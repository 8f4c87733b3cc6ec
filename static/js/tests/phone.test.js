import assert from "node:assert/strict";
import test from "node:test";
import { stateOf } from "../customer/state.js";
import { steady, waitOf } from "../customer/wait.js";

const NOW = Date.parse("2026-11-20T09:41:00.000Z");
const branch = { is_open: true, time_zone: "UTC", settings: { grace_minutes: 15 } };
const counter = { status: "open", service_ids: [1] };
const ticket = (changes) => ({
  id: 51,
  service_id: 1,
  status: "waiting",
  created_at: "2026-11-20T09:20:00Z",
  recalls: 0,
  ...changes,
});

function state(changes = {}, around = {}) {
  return stateOf({ ticket: ticket(changes), ahead: 4, branch, counters: [counter], now: NOW, ...around });
}

test("a ticket waits, then it is soon, then it is called and called again", () => {
  assert.equal(state(), "waiting");
  assert.equal(state({}, { ahead: 2 }), "soon");
  assert.equal(state({ status: "called" }), "turn");
  assert.equal(state({ status: "called", recalls: 1 }), "recalled");
});

test("a missed ticket may come back within its grace only", () => {
  assert.equal(state({ status: "missed", missed_at: "2026-11-20T09:30:00Z" }), "missed");
  assert.equal(state({ status: "missed", missed_at: "2026-11-20T09:20:00Z" }), "expired");
  assert.equal(state({ status: "missed" }), "missed");
});

test("closed doors end the wait only when nobody serves any more", () => {
  const closed = { ...branch, is_open: false };
  assert.equal(state({}, { branch: closed }), "waiting");
  assert.equal(state({}, { branch: closed, counters: [{ ...counter, status: "closed" }] }), "closed");
  assert.equal(state({}, { branch: closed, counters: [{ ...counter, service_ids: [2] }] }), "closed");
});

test("a phone left open overnight says that the day is over, in the hall's own time", () => {
  assert.equal(state({}, { now: NOW + 86_400_000 }), "over");
  const lateInTokyo = {
    ticket: ticket({ created_at: "2026-11-20T14:30:00Z" }),
    now: Date.parse("2026-11-20T15:30:00Z"),
  };
  assert.equal(state({}, { ...lateInTokyo, branch: { ...branch, time_zone: "Asia/Tokyo" } }), "over");
  assert.equal(state({}, lateInTokyo), "waiting");
  assert.equal(state({ status: "cancelled" }, { now: NOW + 86_400_000 }), "over");
  assert.equal(state({ status: "completed" }, { now: NOW + 86_400_000 }), "served");
});

const service = { waiting: 10, wait: { low_s: 900, high_s: 1560 } };

test("the wait is the share of the queue that is ahead", () => {
  const { low_s, high_s, be_back_by } = waitOf(4, service, 120, NOW);
  assert.deepEqual([low_s, high_s], [360, 660]);
  assert.equal(be_back_by, "2026-11-20T09:45:00.000Z");
});

test("who is next waits a minute at most, and is back now", () => {
  assert.deepEqual(waitOf(0, service, 120, NOW), {
    low_s: 0,
    high_s: 60,
    be_back_by: "2026-11-20T09:41:00.000Z",
  });
});

test("figures that lag behind the count never promise more than the whole queue", () => {
  assert.equal(waitOf(12, service, 120, NOW).low_s, 900);
});

test("while nobody can know the wait, none is said", () => {
  assert.equal(waitOf(4, { waiting: 10, wait: null }, 120, NOW), null);
  assert.equal(waitOf(4, undefined, 120, NOW), null);
});

test("a shown range changes for two minutes or more", () => {
  const shown = { low_s: 480, high_s: 720 };
  assert.equal(steady(shown, { low_s: 420, high_s: 620 }), shown);
  assert.deepEqual(steady(shown, { low_s: 360, high_s: 620 }), { low_s: 360, high_s: 620 });
  assert.equal(steady(shown, null), null);
});
