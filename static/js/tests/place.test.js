import assert from "node:assert/strict";
import test from "node:test";
import { ahead, follow, placeOf } from "../customer/place.js";

const MINE = 51;
const waiting = (changes = {}) => ({
  id: MINE,
  status: "waiting",
  service_id: 1,
  rank: 500,
  version: 1,
  ahead: 4,
  ...changes,
});
const move = (rank, id = rank, service_id = 1) => ({ service_id, rank, id });
const inPublic = (data) => ({ stream: "public-1", data });
const inOwn = (ticket) => ({ stream: `ticket-${MINE}`, data: { ticket } });
const after = (...envelopes) => ahead(envelopes.reduce(follow, placeOf(waiting())));

/** What the branch's stream says of my own ticket: the same version, without what only the holder may know. */
function publicly({ ahead: _, ...ticket }, data = {}) {
  return inPublic({ ticket, entered: move(ticket.rank, MINE, ticket.service_id), ...data });
}

test("the snapshot says where counting starts", () => {
  assert.equal(after(), 4);
});

test("somebody before me who leaves brings me one nearer", () => {
  assert.equal(after(inPublic({ left: move(400) })), 3);
});

test("somebody behind me who leaves changes nothing", () => {
  assert.equal(after(inPublic({ left: move(600) })), 4);
});

test("somebody with a head start who enters before me puts me back", () => {
  assert.equal(after(inPublic({ entered: move(100) })), 5);
});

test("people of the same rank stand in the order of their tickets", () => {
  assert.equal(after(inPublic({ left: move(500, 50) })), 3);
  assert.equal(after(inPublic({ left: move(500, 52) })), 4);
});

test("other services do not concern me", () => {
  assert.equal(after(inPublic({ left: move(400, 400, 2) })), 4);
});

test("a transfer counts where it leaves and where it enters", () => {
  assert.equal(after(inPublic({ left: move(400), entered: move(400, 400, 2) })), 3);
  assert.equal(after(inPublic({ left: move(400, 400, 2), entered: move(400) })), 5);
});

test("news without a move changes nothing", () => {
  assert.equal(after(inPublic({ ticket: { id: 7, version: 3 } }), inPublic({ counter: { id: 3 } })), 4);
});

test("a place is never below the door", () => {
  const first = placeOf(waiting({ ahead: 0 }));
  assert.equal(ahead(follow(first, inPublic({ left: move(400) }))), 0);
});

test("my own move is told by my own news at once", () => {
  assert.equal(after(inOwn(waiting({ rank: 900, version: 2, ahead: 7 }))), 7);
});

test("what happened before my own move is not counted again when it arrives later", () => {
  const delayed = waiting({ rank: 900, version: 2, ahead: 6 });
  assert.equal(after(inOwn(delayed), inPublic({ left: move(400) }), publicly(delayed)), 6);
});

test("what happens after my own move counts on top", () => {
  const delayed = waiting({ rank: 900, version: 2, ahead: 6 });
  assert.equal(after(inOwn(delayed), publicly(delayed), inPublic({ left: move(800) })), 5);
});

test("the branch's stream may be the first to tell", () => {
  const delayed = waiting({ rank: 900, version: 2, ahead: 6 });
  assert.equal(after(publicly(delayed), inPublic({ left: move(800) }), inOwn(delayed)), 5);
});

test("after my own transfer only the new queue counts", () => {
  const moved = waiting({ service_id: 2, version: 2, ahead: 1 });
  const news = [inOwn(moved), publicly(moved)];
  assert.equal(after(...news, inPublic({ left: move(400) })), 1);
  assert.equal(after(...news, inPublic({ left: move(400, 400, 2) })), 0);
});

test("a call undone puts me back where I was", () => {
  const called = { ...waiting({ version: 2, status: "called" }), ahead: undefined };
  const undone = waiting({ version: 3, ahead: 0 });
  const calledPublicly = inPublic({ ticket: { ...called }, left: move(500, MINE) });
  assert.equal(
    after(inOwn(called), inOwn(undone), calledPublicly, publicly(undone), inPublic({ entered: move(300) })),
    1,
  );
});

test("own news that moves nothing does not stop the count", () => {
  const noted = inOwn(waiting({ version: 2, ahead: 4 }));
  assert.equal(after(noted, inPublic({ left: move(400) })), 3);
});

test("a move that nobody has put in a number yet is not sure", () => {
  const delayed = waiting({ rank: 900, version: 2, ahead: 6 });
  const marked = follow(placeOf(waiting()), publicly(delayed));
  assert.equal(marked.isSure, false);
  assert.equal(follow(marked, inOwn(delayed)).isSure, true);
  assert.equal(follow(placeOf(waiting()), inOwn({ ...delayed, ahead: undefined })).isSure, false);
});

test("until a move is put in a number the last one stands: nobody is told to be next by mistake", () => {
  assert.equal(after(inOwn(waiting({ rank: 900, version: 2, ahead: undefined }))), 4);
});

// A hall of random moves, told in two streams that arrive in any interleaving, against a plain count.
test("whatever happens and in whatever order it is heard, the phone ends at the true place", () => {
  for (let seed = 1; seed <= 400; seed++) assert.equal(...hallOf(seed), `seed ${seed}`);
});

function hallOf(seed) {
  const random = randomFrom(seed);
  const people = new Map([[MINE, waiting({ ahead: 0, rank: 1000 })]]);
  for (let id = 1; id <= 8; id++) people.set(id, somebody(id, random));
  const me = () => people.get(MINE);
  me().ahead = count(people, me());
  let place = placeOf(me());
  const streams = { own: [], branch: [] };
  for (let act = 0; act < 30; act++) {
    tell(streams, people, random() < 0.25 ? MINE : 1 + Math.floor(random() * 20), random);
    if (random() < 0.5) place = hear(place, streams, random);
  }
  while (streams.own.length || streams.branch.length) place = hear(place, streams, random);
  return [ahead(place), count(people, me())];
}

function tell(streams, people, id, random) {
  const old = people.get(id);
  const ticket = {
    ...(old ?? somebody(id, random)),
    rank: Math.floor(random() * 2000),
    service_id: 1 + Math.floor(random() * 2),
  };
  ticket.version = (old?.version ?? 0) + 1;
  const isGone = id !== MINE && random() < 0.4;
  if (isGone) people.delete(id);
  else people.set(id, ticket);
  const data = { ticket: { ...ticket, ahead: undefined } };
  if (old) data.left = move(old.rank, id, old.service_id);
  if (!isGone) data.entered = move(ticket.rank, id, ticket.service_id);
  streams.branch.push(inPublic(data));
  if (id === MINE) streams.own.push(inOwn({ ...ticket, ahead: count(people, ticket) }));
}

function hear(place, streams, random) {
  // The branch has more to tell: let it often be the first with my own move, too.
  const first = random() < 0.15 ? streams.own : streams.branch;
  const envelope = first.shift() ?? streams.branch.shift() ?? streams.own.shift();
  return envelope ? follow(place, envelope) : place;
}

const somebody = (id, random) =>
  waiting({ id, rank: Math.floor(random() * 2000), service_id: 1 + Math.floor(random() * 2) });

function count(people, me) {
  const isBefore = (other) => other.rank < me.rank || (other.rank === me.rank && other.id < me.id);
  return [...people.values()].filter((other) => other.service_id === me.service_id && isBefore(other)).length;
}

/** mulberry32: small, and good enough to interleave. */
function randomFrom(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
