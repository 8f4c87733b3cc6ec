import assert from "node:assert/strict";
import { test } from "node:test";
import { arrange, beat, Line, missed, PLACES, quiet } from "../monitor/calls.js";

const NOON = Date.parse("2026-11-20T12:00:00.000Z");
const S = 1000;
const iso = (second) => new Date(NOON + second * S).toISOString();

let ids = 0;
function ticket(number, second, overrides = {}) {
  ids += 1;
  const called_at = second === null ? null : iso(second);
  return {
    id: ids,
    number,
    status: "called",
    counter: "3",
    called_at,
    finished_at: null,
    recalls: 0,
    ...overrides,
  };
}

const news = (type, second, about) => ({ type, at: iso(second), data: { ticket: about } });
const byId = (...tickets) => new Map(tickets.map((one) => [one.id, one]));
const numbers = (tickets) => tickets.map(({ number }) => number);
const board = (tickets, { line = new Line(), second = 0 } = {}) => arrange(tickets, line, NOON + second * S);
const shown = (tickets, where) => board(tickets, where).pages.map(numbers);

test("the newest call is the hero, the others follow newest first", () => {
  const tickets = [ticket("A45", -30), ticket("A47", -10), ticket("A46", -20)];
  assert.equal(board(tickets).hero.number, "A47");
  assert.deepEqual(shown(tickets), [["A46", "A45"]]);
});

test("only who was called is on the board", () => {
  const others = ["waiting", "held", "missed", "cancelled"].map((status) => ticket(status, -5, { status }));
  assert.deepEqual(board(others), { hero: null, pages: [] });
});

test("an undone call is gone at once", () => {
  const undone = ticket("A47", null, { status: "waiting" });
  assert.equal(board([undone, ticket("A46", -20)]).hero.number, "A46");
});

test("a ticket still called is the hero rather than a newer one that is being served", () => {
  const tickets = [ticket("A46", -30), ticket("A47", -10, { status: "serving" })];
  assert.equal(board(tickets).hero.number, "A46");
  assert.deepEqual(shown(tickets), [["A47"]]);
});

test("a served ticket leaves sixty seconds after it is completed", () => {
  const done = ticket("A47", -300, { status: "completed", finished_at: iso(0) });
  assert.equal(board([done], { second: 59 }).hero.number, "A47");
  assert.equal(board([done], { second: 60 }).hero, null);
});

test("a ticket completed without ever being called is never shown", () => {
  const never = ticket("A47", null, { status: "completed", finished_at: iso(0) });
  assert.equal(board([never]).hero, null);
});

test("beyond six, the oldest served leave first and nobody still called leaves", () => {
  const called = [1, 2, 3, 4].map((n) => ticket(`C${n}`, -200 + n));
  const serving = [1, 2, 3, 4].map((n) => ticket(`S${n}`, -50 + n, { status: "serving" }));
  const pages = shown([...called, ...serving]);
  assert.deepEqual(pages, [["S4", "S3", "S2", "C3", "C2", "C1"]]);
});

test("more than six still called are shown on pages of six, without the served", () => {
  const called = Array.from({ length: 9 }, (_, n) => ticket(`C${n}`, n));
  const pages = shown([...called, ticket("S1", 20, { status: "serving" })]);
  assert.deepEqual(pages, [
    ["C7", "C6", "C5", "C4", "C3", "C2"],
    ["C1", "C0"],
  ]);
  assert.equal(pages[0].length, PLACES);
});

test("pages alternate every eight seconds, the first one first", () => {
  const at = (second) => beat(NOON + second * S, 2, NOON);
  assert.deepEqual([0, 7.9, 8, 15.9, 16].map(at), [0, 0, 1, 1, 0]);
  assert.equal(beat(NOON, 1), 0);
  assert.equal(beat(NOON, 0), 0);
});

test("two calls in the same second have two turns, six seconds apart, in order", () => {
  const [first, second] = [ticket("A47", 0), ticket("A48", 0.1)];
  const line = new Line();
  line.hear(news("ticket-called", 0, first), true);
  line.hear(news("ticket-called", 0.1, second), true);
  const step = (at) => line.step(byId(first, second), NOON + at * S)?.id ?? null;
  assert.deepEqual([0.1, 0.2, 5.9].map(step), [first.id, null, null]);
  assert.equal(step(6.1), second.id);
  assert.equal(step(20), null);
});

test("a call that waits for its turn has its tile at once, and the hero stays", () => {
  const [first, second] = [ticket("A47", 0), ticket("A48", 0.1)];
  const line = new Line();
  line.hear(news("ticket-called", 0, first), true);
  line.hear(news("ticket-called", 0.1, second), true);
  line.step(byId(first, second), NOON + 200);
  assert.equal(board([first, second], { line, second: 1 }).hero.number, "A47");
  assert.deepEqual(shown([first, second], { line, second: 1 }), [["A48"]]);
  line.step(byId(first, second), NOON + 7 * S);
  assert.equal(board([first, second], { line, second: 7 }).hero.number, "A48");
});

test("a recalled ticket is the hero again and stays before newer calls", () => {
  const [old, newer] = [ticket("A45", -60, { recalls: 1 }), ticket("A47", -10)];
  const line = new Line();
  line.hear(news("ticket-recalled", 0, old), true);
  const turn = line.step(byId(old, newer), NOON);
  assert.deepEqual(turn, { id: old.id, first: false, sounds: true });
  assert.equal(board([old, newer], { line }).hero.number, "A45");
});

test("an undone or served call loses its turn before it is sounded", () => {
  for (const status of ["waiting", "serving", "missed"]) {
    const [first, second] = [ticket("A47", 0), ticket("A48", 0)];
    const line = new Line();
    for (const one of [first, second]) line.hear(news("ticket-called", 0, one), true);
    line.step(byId(first, second), NOON);
    line.hear(news("ticket-corrected", 1, { ...second, status }), true);
    assert.equal(line.step(byId(first, second), NOON + 10 * S), null);
  }
});

test("a call undone and made again within one frame has one turn", () => {
  const one = ticket("A47", 0);
  const line = new Line();
  line.hear(news("ticket-called", 0, one), true);
  line.hear(news("ticket-corrected", 0.1, { ...one, status: "waiting" }), true);
  line.hear(news("ticket-called", 0.2, one), true);
  const turns = [0.3, 10, 20].map((at) => line.step(byId(one), NOON + at * S)?.id ?? null);
  assert.deepEqual(turns, [one.id, null, null]);
});

test("when the hero's ticket is served the next call need not wait six seconds", () => {
  const [first, second] = [ticket("A47", 0), ticket("A48", 0)];
  const line = new Line();
  for (const one of [first, second]) line.hear(news("ticket-called", 0, one), true);
  line.step(byId(first, second), NOON);
  const served = byId({ ...first, status: "serving" }, second);
  assert.equal(line.step(served, NOON + 1 * S), null, "the chime is still ringing");
  assert.equal(line.step(served, NOON + 1.5 * S).id, second.id);
});

test("old news is shown without a turn", () => {
  const [shownBefore, late] = [ticket("A45", -200), ticket("A47", -90)];
  const line = new Line();
  line.hear(news("ticket-called", -90, late), false);
  assert.equal(line.step(byId(shownBefore, late), NOON), null);
  assert.equal(board([shownBefore, late], { line }).hero.number, "A47");
});

test("a turn that comes more than sixty seconds late is silent", () => {
  const [first, second] = [ticket("A47", 0), ticket("A48", 0)];
  const line = new Line();
  for (const one of [first, second]) line.hear(news("ticket-called", 0, one), true);
  assert.equal(line.step(byId(first, second), NOON + 1 * S).sounds, true);
  assert.equal(line.step(byId(first, second), NOON + 61 * S).sounds, false);
});

test("a clock set back does not hold the line", () => {
  const [first, second] = [ticket("A47", 0), ticket("A48", 0)];
  const line = new Line();
  for (const one of [first, second]) line.hear(news("ticket-called", 0, one), true);
  line.step(byId(first, second), NOON);
  assert.equal(line.step(byId(first, second), NOON - 3600 * S).id, second.id);
});

test("news about no ticket, and of types that call nobody, changes nothing", () => {
  const line = new Line();
  const one = ticket("A47", 0);
  line.hear({ type: "counter-opened", at: iso(0), data: { counter: { id: 3 } } }, true);
  line.hear(news("ticket-created", 0, { ...one, status: "waiting" }), true);
  assert.equal(line.step(byId(one), NOON), null);
});

test("missed tickets are listed newest first while they may return", () => {
  const absent = (number, second) => ticket(number, -3600, { status: "missed", missed_at: iso(second) });
  const tickets = [absent("A41", -600), absent("D12", -60), absent("B9", -16 * 60), ticket("A47", -5)];
  assert.deepEqual(numbers(missed(tickets, 15, NOON)), ["D12", "A41"]);
});

test("an empty board says why", () => {
  assert.equal(quiet({ is_open: true, opens_at: null }, "09:00"), "no_calls_now");
  assert.equal(quiet({ is_open: false, opens_at: "08:30" }, "07:10"), "no_calls_yet");
  assert.equal(quiet({ is_open: false, opens_at: "08:30" }, "17:10"), "all_done");
  assert.equal(quiet({ is_open: false, opens_at: null }, "12:00"), "all_done");
});
