// Joining by the poster's code: one tap takes a ticket and opens it. A ticket this phone still has is offered first.

import { get, key, page, post } from "../page.js";
import { forgetTicket, rememberTicket, tickets } from "./memory.js";
import { refusalWords } from "./refusals.js";

const OLD_MS = 60_000;
const SHUT = new Set(["QuotaExhausted", "ServiceIsClosed"]);
const OPEN = new Set(["waiting", "called", "serving", "held", "missed"]);

const stubs = [...document.querySelectorAll(".stub")];
const trouble = document.getElementById("trouble");
const poster = page.poster_token ?? location.pathname.split("/").filter(Boolean).at(-1);

for (const stub of stubs) stub.addEventListener("click", () => take(stub));
addEventListener("pageshow", begin); // also when somebody comes back from the ticket
document.addEventListener("visibilitychange", renew);

function begin() {
  for (const stub of stubs) {
    stub.ariaBusy = "false";
    delete stub.dataset.key;
  }
  offerMine();
}

/** A second touch takes no second ticket: not while the first is under way, and not while its page is on its way. */
async function take(stub) {
  if (stub.ariaDisabled === "true" || stubs.some((one) => one.ariaBusy === "true")) return;
  trouble.textContent = "";
  stub.ariaBusy = "true";
  try {
    open(await post("/api/customer/tickets", wish(stub), { key: keyOf(stub) }));
  } catch (problem) {
    refused(stub, problem);
    stub.ariaBusy = "false";
  }
}

const wish = (stub) => ({
  poster_token: poster,
  service_id: Number(stub.dataset.service),
  language: page.language,
});

// Asked again after silence, the same wish must not become a second ticket.
function keyOf(stub) {
  stub.dataset.key ??= key();
  return stub.dataset.key;
}

function open({ number, tracking_url }) {
  const token = new URL(tracking_url, location).pathname.split("/").filter(Boolean).at(-1);
  rememberTicket(token, { number, url: tracking_url, poster });
  location.assign(tracking_url);
}

function refused(stub, problem) {
  if (!problem.retryable) delete stub.dataset.key;
  if (!SHUT.has(problem.code)) trouble.textContent = refusalWords(problem);
  else {
    stub.ariaDisabled = "true";
    stub.querySelector("[data-how]").textContent = refusalWords(problem);
  }
}

// Waits grow old in a pocket.
function renew() {
  if (!document.hidden && performance.now() > OLD_MS) location.reload();
}

/** The newest ticket of this phone from this poster, if it is still open. Silence of the server proves nothing. */
async function offerMine() {
  const mine = tickets().find((ticket) => ticket.poster === poster);
  if (!mine || !(await isOpen(mine))) return;
  document.querySelector("[data-text=mine]").textContent = mine.number;
  document.getElementById("open-mine").href = mine.url;
  document.getElementById("mine").hidden = false;
}

async function isOpen({ token }) {
  try {
    return OPEN.has((await get(`/api/customer/tickets/${token}`)).ticket.status);
  } catch (problem) {
    if (problem.status === 404 || problem.status === 410) forgetTicket(token);
    return problem.retryable;
  }
}
