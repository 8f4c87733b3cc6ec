import assert from "node:assert/strict";
import { test } from "node:test";
import { SteadyClock } from "../live/clock.js";
import { Seen, Store } from "../live/store.js";

const ticket = (changes = {}) => ({ id: 7, number: "A47", status: "waiting", version: 3, ...changes });
const news = (data, type = "ticket-called", stats) => ({ type, data, stats });

function hall(extra = {}) {
  const services = [{ id: 1, letter: "A", waiting: 4, wait: null, version: 1 }];
  const counters = [{ id: 3, name: "3", status: "open", version: 1 }];
  return new Store({
    epoch: "e1",
    branch: { id: 1, name: "North" },
    services,
    counters,
    tickets: [ticket()],
    ...extra,
  });
}

test("a snapshot's lists are Maps by id, everything else keeps its name", () => {
  const store = hall({ next: { ticket_id: 7 }, history: [{ act: "call" }] });
  assert.equal(store.tickets.get(7).number, "A47");
  assert.equal(store.branch.name, "North");
  assert.deepEqual([store.next.ticket_id, store.history.length, store.notices.size], [7, 1, 0]);
});

test("a newer thing replaces an older one, an older one changes nothing", () => {
  const store = hall();
  store.apply(news({ ticket: ticket({ status: "called", version: 5 }) }));
  store.apply(news({ ticket: ticket({ status: "waiting", version: 4 }) }));
  assert.equal(store.tickets.get(7).status, "called");
});

test("applying the same news twice is harmless", () => {
  const store = hall();
  const call = news({
    ticket: ticket({ status: "called", version: 4 }),
    left: { service_id: 1, rank: 5, id: 7 },
  });
  store.apply(call);
  const once = structuredClone([...store.tickets]);
  store.apply(call);
  assert.deepEqual([...store.tickets], once);
});

test("a public version of a thing does not take away what staff knows of it", () => {
  const store = hall({ tickets: [ticket({ note: "photo missing" })] });
  store.apply(news({ ticket: ticket({ status: "called", version: 4 }) }));
  assert.deepEqual([store.tickets.get(7).note, store.tickets.get(7).status], ["photo missing", "called"]);
});

test("the same version seen by another audience adds what it knows", () => {
  const store = hall();
  store.apply(news({ ticket: ticket({ on_my_way_at: "2026-11-20T09:41:00.000Z" }) }));
  assert.equal(store.tickets.get(7).on_my_way_at, "2026-11-20T09:41:00.000Z");
});

test("the page's own ticket, counter and branch follow too", () => {
  const store = hall({ ticket: ticket(), counter: { id: 3, status: "open", version: 1 } });
  store.apply(
    news({
      ticket: ticket({ status: "called", version: 4 }),
      counter: { id: 3, status: "paused", version: 2 },
    }),
  );
  store.apply(news({ branch: { id: 1, is_open: false } }, "settings-updated"));
  assert.deepEqual(
    [store.ticket.status, store.counter.status, store.branch.is_open],
    ["called", "paused", false],
  );
  assert.equal(store.branch.name, "North");
});

test("somebody else's ticket is not the page's own", () => {
  const store = hall({ ticket: ticket() });
  store.apply(news({ ticket: ticket({ id: 8, status: "called", version: 9 }) }));
  assert.deepEqual([store.ticket.status, store.tickets.get(8).status], ["waiting", "called"]);
});

test("queue figures patch their service and nothing else", () => {
  const store = hall();
  store.apply(
    news({}, "ticket-created", {
      services: [{ service_id: 1, waiting: 5, wait: { low_s: 60, high_s: 120 } }],
    }),
  );
  store.patch({ services: [{ service_id: 99, waiting: 1 }] });
  assert.deepEqual(
    [store.services.get(1).waiting, store.services.get(1).letter, store.services.size],
    [5, "A", 1],
  );
});

test("figures survive a later whole service that does not carry them", () => {
  const store = hall();
  store.patch({ services: [{ service_id: 1, waiting: 9 }] });
  store.apply(news({ service: { id: 1, letter: "A", is_open: false, version: 2 } }, "service-updated"));
  assert.deepEqual([store.services.get(1).waiting, store.services.get(1).is_open], [9, false]);
});

test("what is deleted, withdrawn or ended is gone", () => {
  const store = hall({ notices: [{ id: 4, text: "Lift out of order" }] });
  store.apply(news({ service: { id: 1 } }, "service-deleted"));
  store.apply(news({ announcement: { id: 4 } }, "announcement-withdrawn"));
  store.apply(news({ ended: [7] }, "settings-updated"));
  assert.deepEqual([store.services.size, store.notices.size, store.tickets.size], [0, 0, 0]);
});

test("an order's moves are for the face, not things to keep", () => {
  const store = hall();
  store.apply(news({ left: { service_id: 1, rank: 5, id: 7 }, entered: { service_id: 1, rank: 9, id: 7 } }));
  assert.equal(store.tickets.get(7).rank, undefined);
  assert.ok(!("lefts" in store) && !("left" in store));
});

test("a board that runs for months keeps no heap of finished tickets", () => {
  const store = hall();
  for (let id = 100; id < 1100; id++)
    store.apply(news({ ticket: ticket({ id, status: "completed" }) }, "ticket-completed"));
  assert.equal(store.tickets.size, 201);
  assert.ok(store.tickets.has(1099) && store.tickets.has(7) && !store.tickets.has(100));
});

test("a later snapshot is the whole truth: nothing of before is left", () => {
  const store = hall({ undo: { version: 3 } });
  store.load({ epoch: "e2", tickets: [ticket({ id: 9, version: 1 })] });
  assert.deepEqual(
    [[...store.tickets.keys()], store.undo, store.epoch, store.services.size],
    [[9], undefined, "e2", 0],
  );
});

test("an event is told once, and the list of told ones does not grow for ever", () => {
  const seen = new Seen();
  assert.deepEqual([seen.add("a"), seen.add("a"), seen.add("b")], [true, false, true]);
  for (let i = 0; i < 5000; i++) seen.add(i);
  assert.ok(seen.ids.size <= 2000);
});

test("a nap counts as time, a clock set back does not", () => {
  let [steady, wall] = [0, 1_000_000];
  const clock = new SteadyClock(
    () => steady,
    () => wall,
  );
  const pass = (onSteady, onWall) => {
    steady += onSteady;
    wall += onWall;
    return { hasSlept: clock.hasSlept(), now: clock.now() };
  };
  assert.deepEqual(pass(500, 500), { now: 500, hasSlept: false });
  assert.deepEqual(pass(500, 60_500), { now: 61_000, hasSlept: true });
  assert.deepEqual(pass(500, -3_600_000), { now: 61_500, hasSlept: false });
  assert.deepEqual(pass(500, 500), { now: 62_000, hasSlept: false });
});
