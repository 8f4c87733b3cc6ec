// The rules of staying true, examined one by one (vectors.json) and where a vector would be too long.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { Engine } from "../live/engine.js";

const { vectors } = JSON.parse(readFileSync(new URL("vectors.json", import.meta.url)));

for (const vector of vectors) test(vector.name, () => examine(vector));

function examine({ snapshot, random, page, steps }) {
  const engine = new Engine(snapshot, { random: () => random, page });
  for (const { at, in: input, out, state = {} } of steps) {
    assert.deepEqual(engine.handle(input, at), out, `actions at ${at} ms`);
    assert.deepEqual(pick(shown(engine), Object.keys(state)), state, `state at ${at} ms`);
  }
}

function shown(engine) {
  return { ...engine.status(), synced: engine.isSynced, cursors: engine.streams.after() };
}

function pick(from, names) {
  return Object.fromEntries(names.map((name) => [name, from[name]]));
}

const event = (seq) => ({ stream: "public-1", seq, epoch: "e1" });

function synced() {
  const engine = new Engine({ epoch: "e1", heads: { "public-1": 0 } }, { random: () => 0.5 });
  engine.handle({ type: "start" }, 0);
  const [{ id }] = engine.handle({ type: "up" }, 10);
  engine.handle({ type: "ack", id, ok: true, epoch: "e1", streams: {} }, 20);
  return engine;
}

test("a thousand events held back by one missing are not worth replaying: snapshot", () => {
  const engine = synced();
  const early = Array.from({ length: 1001 }, (_, i) => event(i + 2));
  const actions = engine.handle({ type: "packet", events: early }, 30);
  assert.deepEqual(actions, [{ type: "snapshot", id: 2 }]);
});

test("nothing is kept of what was applied, however long it runs", () => {
  const engine = synced();
  for (let seq = 1; seq <= 5000; seq++) engine.handle({ type: "packet", events: [event(seq)] }, 30 + seq);
  assert.equal(engine.streams.held.size, 0);
  assert.equal(engine.streams.after()["public-1"], 5000);
});

test("two hundred phones do not come back in the same moment", () => {
  const returns = Array.from({ length: 200 }, () => {
    const engine = new Engine({ epoch: "e1", heads: {} });
    engine.handle({ type: "start" }, 0);
    engine.handle({ type: "stopping", retry_in_ms: 1000 }, 10);
    engine.handle({ type: "down" }, 20);
    return engine.notBefore.connect;
  });
  assert.ok(Math.min(...returns) >= 1020);
  assert.ok(Math.max(...returns) - Math.min(...returns) > 800);
});
