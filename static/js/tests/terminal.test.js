import assert from "node:assert/strict";
import { test } from "node:test";
import { guess, offered, undoable } from "../terminal/guesses.js";
import {
  actsFor,
  isElsewhere,
  isNoShowLikely,
  missedFor,
  openAt,
  sceneName,
  upNext,
  whyFirst,
} from "../terminal/line.js";
import { instead, inWords } from "../terminal/words.js";

const MINUTE = 60_000;
const NINE = Date.parse("2026-11-20T09:00:00.000Z");

let ids = 0;

function createTicket({ arrived = 0, headStart = 0, ...rest } = {}) {
  ids += 1;
  const arrived_at = new Date(NINE + arrived * MINUTE).toISOString();
  const rank = (NINE + (arrived - headStart) * MINUTE) * 1000;
  const plain = { id: ids, number: `A${ids}`, service_id: 1, status: "waiting", priority: "normal" };
  return { ...plain, destination_id: null, counter_id: null, arrived_at, rank, version: 1, ...rest };
}

function createCounter(rest = {}) {
  const services = [
    { service_id: 1, weight_s: 0 },
    { service_id: 2, weight_s: 0 },
  ];
  return {
    id: 3,
    name: "3",
    status: "open",
    seat: "mine",
    agent: { id: 7 },
    service_ids: [1, 2],
    services,
    ...rest,
  };
}

const numbers = (tickets) => tickets.map((ticket) => ticket.number);

test("the longest wait is first, and equal ranks go by the order of their tickets", () => {
  const [late, early, same] = [createTicket({ arrived: 5 }), createTicket(), createTicket()];
  assert.deepEqual(upNext([late, same, early], createCounter()), [early, same, late]);
});

test("a head start that a counter gives to a service moves its tickets forward there", () => {
  const [other, favoured] = [createTicket({ arrived: 0 }), createTicket({ arrived: 4, service_id: 2 })];
  const services = [
    { service_id: 1, weight_s: 0 },
    { service_id: 2, weight_s: 300 },
  ];
  const counter = createCounter({ services });
  assert.deepEqual(upNext([other, favoured], counter), [favoured, other]);
  assert.equal(whyFirst([favoured, other], counter), "weight");
});

test("a ticket sent to a counter waits for that one alone, whatever its service", () => {
  const [here, there] = [
    createTicket({ service_id: 9, destination_id: 3 }),
    createTicket({ destination_id: 5 }),
  ];
  assert.deepEqual(upNext([here, there], createCounter()), [here]);
  assert.equal(whyFirst([here], createCounter()), "sent-here");
});

test("what another service's people wait for is not our line", () => {
  assert.deepEqual(upNext([createTicket({ service_id: 9 })], createCounter()), []);
});

test("the terminal says why a ticket is next", () => {
  const old = createTicket();
  const urgent = createTicket({ arrived: 3, headStart: 20, priority: "priority" });
  assert.equal(whyFirst(upNext([old, urgent], createCounter()), createCounter()), "priority");
  assert.equal(
    whyFirst(upNext([old, createTicket({ arrived: 2 })], createCounter()), createCounter()),
    "longest-wait",
  );
  assert.equal(whyFirst([], createCounter()), null);
});

test("somebody who asked for more time explains why the longest wait is not first", () => {
  const delayed = createTicket({ headStart: -10 });
  const line = upNext([delayed, createTicket({ arrived: 2 })], createCounter());
  assert.equal(whyFirst(line, createCounter()), null);
});

test("a missed ticket may return until its grace is over", () => {
  const missed = createTicket({ status: "missed", missed_at: new Date(NINE).toISOString() });
  const at = (minutes) => missedFor([missed], createCounter(), 15, NINE + minutes * MINUTE);
  assert.deepEqual(numbers(at(14)), [missed.number]);
  assert.deepEqual(at(15), []);
});

test("another tab, or another person, has the counter; a closed one is nobody's", () => {
  assert.equal(isElsewhere(createCounter(), "mine", 7), false);
  assert.equal(isElsewhere(createCounter({ seat: "theirs" }), "mine", 7), true);
  assert.equal(isElsewhere(createCounter({ seat: null, agent: { id: 8 } }), "mine", 7), true);
  assert.equal(isElsewhere(createCounter({ seat: "theirs", status: "closed" }), "mine", 7), false);
});

test("the page shows one of seven pictures", () => {
  const [counter, ticket] = [createCounter(), createTicket({ status: "called", counter_id: 3 })];
  const picture = (facts) => sceneName({ counter, open: null, line: [], elsewhere: false, ...facts });
  assert.equal(picture({}), "empty");
  assert.equal(picture({ line: [createTicket()] }), "free");
  assert.equal(picture({ open: openAt([ticket], counter) }), "calling");
  assert.equal(picture({ open: { ...ticket, status: "serving" } }), "serving");
  assert.equal(picture({ counter: createCounter({ status: "paused" }) }), "paused");
  assert.equal(picture({ counter: createCounter({ status: "closed" }) }), "closed");
  assert.equal(picture({ open: ticket, elsewhere: true }), "elsewhere");
});

test("no-show becomes likely after the last call and 90 seconds, not before", () => {
  const called_at = new Date(NINE).toISOString();
  const isLikely = (recalls, seconds) =>
    isNoShowLikely(createTicket({ called_at, recalls }), { recall_limit: 3 }, NINE + seconds * 1000);
  assert.equal(isLikely(2, 89), false);
  assert.equal(isLikely(1, 600), false);
  assert.equal(isLikely(2, 90), true);
});

test("completing and calling is guessed as both at once", () => {
  const [open, first] = [createTicket({ status: "serving", counter_id: 3 }), createTicket()];
  const guessed = guess("complete-next", { open, line: [first], counter: createCounter() }, "now");
  assert.equal(guessed.get(open.id).status, "completed");
  assert.equal(guessed.get(first.id).status, "called");
  assert.equal(guessed.get(first.id).counter_id, 3);
});

test("nothing is guessed where nobody waits, or where only the server can know", () => {
  assert.equal(guess("call-next", { open: null, line: [], counter: createCounter() }, "now").size, 0);
  assert.equal(guess("undo", { open: null, line: [], counter: createCounter() }, "now").size, 0);
});

test("undo offers the whole press, until service starts", () => {
  const answer = { number: "A46", called: { number: "A47" } };
  assert.deepEqual(numbers(undoable("complete", answer)), ["A46", "A47"]);
  assert.deepEqual(undoable("start", { number: "A47" }), []);
  assert.equal(undoable("pause", {}), null);
  assert.deepEqual(offered([{ act: "recall", number: "A47" }]), []);
});

test("a ticket that is over can only be noted, one at another counter too", () => {
  assert.deepEqual(actsFor({ status: "completed" }), ["note"]);
  assert.deepEqual(actsFor({ status: "called" }), ["note"]);
  assert.equal(actsFor({ status: "held" })[0], "resume");
});

test("a refusal without words of its own is said as the server said it", () => {
  const problem = { status: 409, code: "SomethingNew", title: "Something new", detail: "The reason." };
  assert.equal(inWords(problem, { line: [] }), "The reason.");
});

test("if the key promised another ticket, that is told; if it kept its promise, nothing is", () => {
  const [promised, called] = [createTicket(), createTicket()];
  assert.equal(instead("call-next", promised, { line: [promised] }, []), null);
  assert.equal(
    instead("call-next", called, { line: [promised] }, [{ ...promised, counter: "5" }]),
    "did_instead",
  );
  assert.equal(instead("call-next", called, { line: [promised] }, []), "did_instead_gone");
});
