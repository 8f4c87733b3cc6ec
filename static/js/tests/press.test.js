import assert from "node:assert/strict";
import { test } from "node:test";
import { issuer } from "../kiosk/press.js";

const A = { service_id: 1, language: "en" };
const B = { service_id: 2, language: "en" };

function hall(answers = []) {
  const clock = { ms: 0 };
  const keys = [];
  const send = async (wanted, key) => {
    keys.push(key);
    const answer = answers.shift() ?? { number: `A${keys.length}`, ...wanted };
    if (answer instanceof Error) throw answer;
    return answer;
  };
  return { clock, keys, issue: issuer(send, () => clock.ms) };
}

const lost = () => Object.assign(new Error("No answer"), { retryable: true });
const refused = () => Object.assign(new Error("Quota"), { retryable: false });

test("a second touch within a second and a half issues nothing", async () => {
  const { clock, keys, issue } = hall();
  const [first, second] = await Promise.all([issue(A), issue(A)]);
  clock.ms = 1499;
  assert.equal(await issue(B), null);
  assert.equal(second, null);
  assert.equal(first.number, "A1");
  assert.equal(keys.length, 1);
});

test("the next visitor's touch has a key of its own", async () => {
  const { clock, keys, issue } = hall();
  await issue(A);
  clock.ms = 1500;
  await issue(A);
  assert.equal(new Set(keys).size, 2);
});

test("a touch after a lost answer travels under the same key", async () => {
  const { clock, keys, issue } = hall([lost()]);
  await assert.rejects(issue(A));
  clock.ms = 5000;
  await issue(A);
  assert.equal(new Set(keys).size, 1);
});

test("another wish, a refusal and a minute each end a key", async () => {
  const { clock, keys, issue } = hall([lost(), lost(), refused(), lost()]);
  for (const wish of [A, B, B, B]) {
    await assert.rejects(issue(wish));
    clock.ms += 2000;
  }
  clock.ms += 60_000;
  await issue(B);
  const [a, b, again, afterRefusal, muchLater] = keys;
  assert.notEqual(a, b);
  assert.equal(b, again);
  assert.notEqual(again, afterRefusal);
  assert.notEqual(afterRefusal, muchLater);
});

test("while an answer is out, no touch asks for another ticket", async () => {
  const { clock, keys, issue } = hall([new Promise((done) => setTimeout(done, 20, { number: "A1" }))]);
  const first = issue(A);
  clock.ms = 3000;
  assert.equal(await issue(B), null);
  assert.equal((await first).number, "A1");
  assert.equal(keys.length, 1);
});
