// A screen that belongs to nobody yet: show a code, ask until an administrator has approved it, go where the server says.
import { page, post, t } from "./page.js";

const ASK_EVERY_MS = 3000;
const PAIR = "/api/devices/pair";
const $ = (id) => document.getElementById(id);
let pairing = null;

async function begin() {
  const { code, pairing_secret, expires_in } = await post(PAIR, { kind: page.kind });
  pairing = { code, pairing_secret, until: performance.now() + expires_in * 1000 };
}

/** The address to go to, or null while nobody has approved. */
async function ask() {
  const answer = await post(PAIR, { pairing_secret: pairing.pairing_secret });
  return answer.status === "approved" ? answer.url : null;
}

async function step() {
  if (pairing && performance.now() > pairing.until) pairing = null;
  if (!pairing) await begin();
  show("waiting");
  const url = await ask();
  if (url) go(url);
  return Boolean(url);
}

/** Only to this server: the answer carries this device's secret. */
function go(url) {
  show("approved");
  const target = new URL(url, location.origin);
  if (target.origin === location.origin) location.replace(target);
}

/** A code that was used or is too old is replaced; silence only means asking again. */
function failed(problem) {
  if (!problem.retryable) pairing = null;
  if (problem.retryable) show("away");
}

function show(state) {
  document.body.dataset.state = state;
  if ($("state").textContent !== t(state)) $("state").textContent = t(state);
  const code = pairing?.code ?? "";
  if ($("code").textContent !== code) $("code").textContent = code;
}

async function watch() {
  const done = await step().catch(failed);
  if (!done) setTimeout(watch, ASK_EVERY_MS);
}

$("address").textContent = `${location.host}/admin/devices`;
show("preparing");
watch();
