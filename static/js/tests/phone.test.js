import assert from "node:assert/strict";
import test from "node:test";
import { stateOf } from "../customer/state.js";
import { anchorOf, rescale, steady } from "../customer/wait.js";

const NOW = Date.parse("2026-11-20T09:41:00.000Z");
const branch = { is_open: true, time_zone: "UTC", settings: { grace_minutes: 15 } };
const counter = { status: "open", service_ids: [1] };
const ticket = (changes) => ({ id: 51, service_id: 1, status: "waiting", created_at: "2026-11-20T09:20:00Z", recalls: 0, ...changes });

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
  const lateInTokyo = { ticket: ticket({ created_at: "2026-11-20T14:30:00Z" }), now: Date.parse("2026-11-20T15:30:00Z") };
  assert.equal(state({}, { ...lateInTokyo, branch: { ...branch, time_zone: "Asia/Tokyo" } }), "over");
  assert.equal(state({}, lateInTokyo), "waiting");
  assert.equal(state({ status: "completed" }, { now: NOW + 86_400_000 }), "served");
});

const service = { waiting: 9, wait: { low_s: 900, high_s: 1500 } };
const said = { ahead: 4, wait: { low_s: 480, high_s: 720 } };

test("the wait shrinks with the people ahead", () => {
  const { low_s, high_s, be_back_by } = rescale(anchorOf(said, service), 1, service, 120, NOW);
  assert.deepEqual([low_s, high_s], [192, 288]);
  assert.equal(be_back_by, "2026-11-20T09:42:12.000Z");
});

test("the wait grows when the whole queue slows down", () => {
  const slower = { waiting: 9, wait: { low_s: 1800, high_s: 3000 } };
  assert.equal(rescale(anchorOf(said, service), 4, slower, 120, NOW).low_s, 960);
});

test("without a figure of the queue the last pace goes on, without a statement there is none", () => {
  assert.equal(rescale(anchorOf(said, null), 4, service, 120, NOW).low_s, 480);
  assert.equal(rescale(anchorOf({ ahead: 4, wait: null }, service), 4, service, 120, NOW), null);
});

test("a shown range changes for two minutes or more", () => {
  const shown = { low_s: 480, high_s: 720 };
  assert.equal(steady(shown, { low_s: 420, high_s: 620 }), shown);
  assert.deepEqual(steady(shown, { low_s: 360, high_s: 620 }), { low_s: 360, high_s: 620 });
  assert.equal(steady(shown, null), null);
});
