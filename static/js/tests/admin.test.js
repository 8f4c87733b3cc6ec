import assert from "node:assert/strict";
import test from "node:test";
import { attention } from "../admin/attention.js";
import { tidy } from "../admin/fields/clock.js";
import { byName, doing, longest, openCounters } from "../admin/figures.js";
import { changes, dig, flatten, plant } from "../admin/paths.js";

const NOW = Date.parse("2026-11-20T09:41:00.000Z");
const ago = (seconds) => new Date(NOW - seconds * 1000).toISOString();
const waiting = (id, seconds) => ({ id, number: `A${id}`, status: "waiting", created_at: ago(seconds) });

function state(changes = {}) {
  const settings = { target_minutes: 15, hold_warning_minutes: 20 };
  return { settings, services: [], counters: [], tickets: [], devices: [], ...changes };
}

const codes = (changes) => attention(state(changes), NOW).map(({ code, severity }) => `${severity} ${code}`);

test("the longest wait counts from arrival, whatever came later", () => {
  const returned = { ...waiting(3, 60), arrived_at: ago(900) };
  assert.equal(longest([waiting(1, 300), returned, waiting(2, 600)]).id, 3);
  assert.equal(longest([]), null);
});

test("counter 10 comes after counter 9", () => {
  assert.deepEqual(
    [{ name: "10" }, { name: "9" }, { name: "2" }].sort(byName).map(({ name }) => name),
    ["2", "9", "10"],
  );
});

test("a counter on a break does not count as open for a service", () => {
  const counters = [
    { status: "open", service_ids: [1] },
    { status: "paused", service_ids: [1] },
    { status: "open", service_ids: [2] },
  ];
  assert.equal(openCounters(counters, 1), 1);
  assert.equal(openCounters(counters), 2);
});

test("a counter calls, serves, or is what its status says", () => {
  const counter = { id: 3, status: "open" };
  const called = { counter_id: 3, status: "called", called_at: ago(24) };
  assert.equal(doing(counter, [called]).state, "calling");
  assert.equal(doing(counter, [{ ...called, status: "serving", started_at: ago(9) }]).since, ago(9));
  assert.equal(doing(counter, [{ ...called, status: "held" }]).state, "free");
  assert.equal(doing({ id: 3, status: "paused" }, []).state, "break");
});

test("nothing needs anybody in a quiet hall", () => {
  assert.deepEqual(codes({ tickets: [waiting(1, 60)] }), []);
});

test("people without a counter come before a late person, a mute board and a long hold", () => {
  const found = codes({
    services: [{ id: 1, waiting: 2 }],
    tickets: [waiting(1, 1000), { id: 2, number: "A2", status: "held", held_at: ago(1300), counter_id: 1 }],
    devices: [{ id: 1, kind: "board", connected: true, audio: "blocked" }],
  });
  assert.deepEqual(found, ["critical unserved", "warning over", "warning mute", "notice held"]);
});

test("a kiosk that is away is a warning, after five minutes it is critical; one never seen is neither", () => {
  const away = (seconds) => ({
    id: 1,
    kind: "kiosk",
    connected: false,
    last_seen_at: seconds === null ? undefined : ago(seconds),
  });
  assert.deepEqual(codes({ devices: [away(20)] }), ["warning away"]);
  assert.deepEqual(codes({ devices: [away(400)] }), ["critical away"]);
  assert.deepEqual(codes({ devices: [away(null)] }), []);
});

test("a time may be typed in any usual way, and what is none stays to be corrected", () => {
  const typed = ["8", "830", "8.30", "08:30", "24:00", "8:70", "noon", ""];
  const tidied = ["08:00", "08:30", "08:30", "08:30", "24:00", "8:70", "noon", ""];
  assert.deepEqual(typed.map(tidy), tidied);
});

test("values are planted and found by their path, and only changed parts are sent", () => {
  const values = { name: "North" };
  plant(values, "ordering.head_starts_s.priority", 1200);
  assert.equal(dig(values, "ordering.head_starts_s.priority"), 1200);
  assert.equal(dig(values, "settings.walk_s"), undefined);
  assert.deepEqual(changes({ name: "North", letter: "B" }, { name: "North", letter: "A" }), { letter: "B" });
});

test("faults are found however deep the server put them", () => {
  const errors = { settings: { walk_s: { value: ["Too long."] } }, names: ["Missing."], _schema: ["Odd."] };
  assert.deepEqual(flatten(errors), {
    "settings.walk_s.value": "Too long.",
    names: "Missing.",
    _schema: "Odd.",
  });
});
