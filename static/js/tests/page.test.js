import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import * as p from "../page.js";

const {
  ago,
  clockTime,
  key,
  minutes,
  page,
  post,
  Problem,
  range,
  serverNow,
  setServerTime,
  stopwatch,
  t,
  texts,
} = p;

Object.assign(texts, {
  call: "Call {number}",
  waiting_one: "{count} person ahead",
  waiting_few: "{count} FEW",
  waiting_other: "{count} people ahead",
  wait_range: "{low} to {high} min",
  wait_about: "About {high} min",
  wait_under: "Under {high} min",
  wait_any_moment: "Any moment",
  minutes: "{count} min",
  hours: "{hours} h {minutes} min",
  age_seconds: "{count} s ago",
  age_minutes: "{count} min ago",
  age_hours: "{count} h ago",
  no_answer: "No answer. Try again.",
  not_now: "That did not work. Try again.",
});
page.language = "en";

const wait = (low_s, high_s) => range({ low_s, high_s });

test("texts are filled in, also with nought, and what is missing stays visible", () => {
  assert.equal(t("call", { number: "A47" }), "Call A47");
  assert.equal(t("minutes", { count: 0 }), "0 min");
  assert.equal(t("call"), "Call {number}");
  assert.equal(t("no_such_text"), "no_such_text");
});

test("people are counted as the language counts", () => {
  assert.equal(t.plural("waiting", 1), "1 person ahead");
  assert.equal(t.plural("waiting", 0), "0 people ahead");
  assert.equal(t.plural("waiting", 4), "4 people ahead");
  assert.equal(t.plural("waiting", 1000, { count: "1,000" }), "1,000 people ahead");
});

test("a wait is a range, rounded outward", () => {
  assert.equal(wait(480, 720), "8 to 12 min");
  assert.equal(wait(500, 700), "8 to 12 min");
  assert.equal(wait(61, 299), "1 to 5 min");
  assert.equal(wait(840, 1020), "14 to 20 min");
  assert.equal(wait(22 * 60, 28 * 60), "20 to 30 min");
});

test("a wait is never nought minutes and never a false promise", () => {
  assert.equal(wait(0, 60), "Any moment");
  assert.equal(wait(0, 0), "Any moment");
  assert.equal(wait(0, 290), "Under 5 min");
  assert.equal(wait(59, 61), "Under 2 min");
  assert.equal(wait(480, 480), "About 8 min");
  assert.equal(range(null), "");
  assert.equal(range(undefined), "");
});

test("what the server rounded already stays as it is", () => {
  for (const [low, high] of [
    [8, 12],
    [10, 15],
    [15, 20],
    [25, 40],
  ])
    assert.equal(wait(low * 60, high * 60), `${low} to ${high} min`);
});

test("a stopwatch reads minutes and seconds, hours only when there are any", () => {
  assert.deepEqual([0, 24, 60, 725.9, 3600, 3725, -3].map(stopwatch), [
    "0:00",
    "0:24",
    "1:00",
    "12:05",
    "1:00:00",
    "1:02:05",
    "0:00",
  ]);
});

test("minutes are whole, and hours come in at two", () => {
  assert.deepEqual([0, 59, 60, 1859, 7140, 7500, -9].map(minutes), [
    "0 min",
    "0 min",
    "1 min",
    "30 min",
    "119 min",
    "2 h 5 min",
    "0 min",
  ]);
});

test("an age grows from seconds to hours", () => {
  assert.deepEqual([0, 59, 60, 3599, 7300].map(ago), [
    "0 s ago",
    "59 s ago",
    "1 min ago",
    "59 min ago",
    "2 h ago",
  ]);
});

test("the time is the branch's, in Western digits whatever the language", () => {
  const at = "2026-11-20T09:41:07.000Z";
  assert.equal(clockTime(at, "UTC"), "09:41");
  assert.equal(clockTime(at, "Asia/Tokyo"), "18:41");
  assert.equal(clockTime(at, "UTC", { seconds: true }), "09:41:07");
  assert.equal(clockTime("2026-11-20T00:05:00Z", "UTC"), "00:05");
  page.language = "ar";
  assert.equal(clockTime(at, "Africa/Cairo").replace(/[^\d:]/g, ""), "11:41");
  page.language = "en";
});

test("the server's clock is believed at once when it is ahead, slowly when it is behind", () => {
  const near = (wanted) => assert.ok(Math.abs(serverNow() - wanted) < 50, `${serverNow() - wanted} ms off`);
  const at = Date.parse("2030-01-01T00:00:00Z");
  setServerTime(new Date(at).toISOString());
  near(at);
  setServerTime(new Date(at + 2000).toISOString());
  near(at + 2000);
  setServerTime(new Date(at + 1000).toISOString()); // this news was a second on its way
  near(at + 1900);
  setServerTime("nonsense");
  near(at + 1900);
  setServerTime(new Date(at - 3_600_000).toISOString()); // the server's own clock was put right
  near(at - 3_600_000);
});

test("keys are random and long enough not to be guessed", () => {
  const keys = new Set(Array.from({ length: 100 }, key));
  assert.equal(keys.size, 100);
  for (const one of keys) assert.match(one, /^[0-9a-f]{32}$/);
});

// --- Asking the server, with a server that answers from a list ------------------------------------------------

const fetchNow = globalThis.fetch;
afterEach(() => {
  globalThis.fetch = fetchNow;
  delete page.token;
});

function server(...answers) {
  const asked = [];
  globalThis.fetch = async (url, options) => {
    asked.push({ url, ...options });
    const [status, body] = answers.shift();
    if (status === 0) throw new TypeError("network");
    return new Response(status === 204 ? null : typeof body === "string" ? body : JSON.stringify(body), {
      status,
    });
  };
  return asked;
}

const keyOf = (request) => request.headers["Idempotency-Key"];

test("a press after silence or a 503 is sent once more, with the same key", async () => {
  for (const first of [[0], [503, { code: "Busy" }]]) {
    const asked = server(first, [201, { number: "A47" }]);
    assert.equal((await post("/api/x", { a: 1 })).number, "A47");
    assert.equal(asked.length, 2);
    assert.equal(keyOf(asked[0]), keyOf(asked[1]));
    assert.equal(asked[1].body, '{"a":1}');
  }
});

test("a refusal is not repeated, and says what it is", async () => {
  const asked = server([409, { code: "NobodyIsWaiting", title: "Nobody is waiting", status: 409 }]);
  await assert.rejects(post("/api/x", {}, { key: "mine" }), (problem) => {
    assert.ok(problem instanceof Problem);
    assert.deepEqual(
      [problem.code, problem.status, problem.title, problem.retryable],
      ["NobodyIsWaiting", 409, "Nobody is waiting", false],
    );
    return true;
  });
  assert.deepEqual([asked.length, keyOf(asked[0])], [1, "mine"]);
});

test("no answer twice is said in words and may be tried again", async () => {
  server([0], [0]);
  await assert.rejects(post("/api/x"), {
    code: "NoAnswer",
    status: 0,
    retryable: true,
    message: "No answer. Try again.",
  });
});

test("a proxy's page is no answer of ours", async () => {
  server([502, "<html>Bad gateway</html>"]);
  await assert.rejects(p.get("/api/x"), {
    code: "Unknown",
    status: 502,
    retryable: true,
    message: "That did not work. Try again.",
  });
});

test("a page with a ticket's secret shows it as bearer, others do not", async () => {
  const asked = server([200, {}], [200, {}], [204]);
  await p.get("/api/x");
  page.token = "secret";
  await p.get("/api/x");
  assert.equal(await post("/api/x"), null);
  assert.deepEqual(
    asked.map((request) => request.headers.Authorization),
    [undefined, "Bearer secret", "Bearer secret"],
  );
});
