// The visitor's phone: hears the news, keeps its own place, paints one state at a time. What it shows is in customer/words.js.

import { wireActs } from "./customer/acts.js";
import { alertWords, areAlertsOn, hush, offerAlerts, ring } from "./customer/alerts.js";
import { isAwake, keepAwake } from "./customer/awake.js";
import { recallTicket, rememberTicket } from "./customer/memory.js";
import { paintNote } from "./customer/note.js";
import { ahead, follow, placeOf } from "./customer/place.js";
import { wireRating } from "./customer/rating.js";
import { isCalled, stateOf } from "./customer/state.js";
import { setTitle } from "./customer/title.js";
import { headline, paint } from "./customer/view.js";
import { steady, waitOf } from "./customer/wait.js";
import { wordsOf } from "./customer/words.js";
import { live } from "./live.js";
import { page, serverNow } from "./page.js";

const UNSURE_MS = 1000;
const me = {
  shown: null,
  wait: page.snapshot.ticket.wait,
  note: null,
  left_at: recallTicket(page.token).left_at,
};

const line = live({ onLoad: begin, onNews: hear, onChange: show, onStatus });
begin(line.store);
offerAlerts(show);
wireActs({ me, line, take, show });
wireRating(take);
show();
setInterval(show, 1000);
document.addEventListener("visibilitychange", show);

/** A snapshot is the whole truth: counting starts again from it. */
function begin(store) {
  me.place = placeOf(store.ticket);
  me.delays = store.ticket.delays;
  me.lastCalled = store.last_called;
  me.delaysLeft = store.delays_left ?? 0;
  noticeMove(store.ticket);
}

function hear(envelope, { fresh }) {
  me.place = follow(me.place, envelope);
  noteLastCalled(envelope);
  if (!envelope.stream.startsWith("ticket-")) return;
  const { ticket } = envelope.data;
  if (ticket) hearOwn(ticket, envelope.type);
  if (fresh && CALLS.has(envelope.type)) ring(line.store.branch.name);
}

const CALLS = new Set(["ticket-called", "ticket-recalled"]);

// The answer to an own act. Its news may come later, or never: while the socket is away, or when a snapshot that was asked
// for meanwhile already counts it. So an act that leaves a note says itself which news it would have been.
function take(ticket, type) {
  if (ticket?.id !== me.place.id) return;
  line.store.put("ticket", ticket);
  me.place = { ...follow(me.place, { stream: `ticket-${ticket.id}`, data: { ticket } }), isSure: false };
  hearOwn(ticket, type);
  show();
}

function hearOwn(ticket, type) {
  const isDelay = ticket.delays > me.delays;
  me.delays = ticket.delays;
  me.delaysLeft = line.store.branch.settings.delay_limit - ticket.delays;
  if (type === "ticket-corrected" && me.shown.isCalled && ticket.status === "waiting" && !isDelay)
    me.note = { kind: "corrected" };
  if (type === "ticket-returned") me.note = { kind: "returned" };
  noticeMove(ticket);
}

/** A transfer is told as old -> new, also to a phone that slept through it. */
function noticeMove(ticket) {
  const before = recallTicket(page.token).service_id ?? ticket.service_id;
  if (before !== ticket.service_id) me.note = { kind: "moved", before };
  rememberTicket(page.token, {
    number: ticket.number,
    url: location.pathname,
    service_id: ticket.service_id,
  });
}

function noteLastCalled({ data: { ticket } }) {
  const isNewer = ticket?.called_at && !(me.lastCalled?.called_at > ticket.called_at);
  if (isNewer && ticket.status === "called" && ticket.service_id === me.place.service_id)
    me.lastCalled = ticket;
}

function serviceOf(ticket) {
  return line.store.services.get(ticket.service_id);
}

function onStatus({ cause }) {
  if (cause === "gone") location.reload(); // the server says so itself, and has the words for it
  show();
}

/** What the page stands for at this moment. */
function picture() {
  const { ticket, branch, counters, services } = line.store;
  return {
    ...me,
    ticket,
    branch,
    services,
    ahead: ahead(me.place),
    service: serviceOf(ticket),
    counter: counters.get(ticket.counter_id),
    counters: [...counters.values()],
    status: line.status,
    now: serverNow(),
  };
}

function show() {
  const now = picture();
  const state = stateOf(now);
  const isNew = state !== me.shown?.state;
  if (isNew) enter(state);
  me.wait = likelyWait(now, isNew);
  const words = wordsOf({ ...now, wait: me.wait }, state);
  paint(state, { ...words, ...alertWords(isAwake()) });
  paintNote({ ...now, note: me.note });
  setTitle(words.title, isCalled(state) && !now.status.frozen);
  keepAwake(areAlertsOn() && (state === "soon" || isCalled(state)));
  if (!me.place.isSure) makeSure(now.now);
  announce(state);
}

function enter(state) {
  const wasCalled = me.shown?.isCalled;
  if (me.shown && isCalled(state))
    for (const sheet of document.querySelectorAll("dialog[open]")) sheet.close();
  if (wasCalled && !isCalled(state)) hush();
  if (state !== "waiting" && state !== "soon") me.note = null;
  me.shown = { ...me.shown, state, isCalled: isCalled(state) };
}

function likelyWait({ ahead, service, branch, wait, now }, isNew) {
  const next = waitOf(ahead, service, branch.settings.walk_s, now);
  const hasPassed = wait && Date.parse(wait.be_back_by) <= now;
  return (isNew && me.said !== undefined) || hasPassed ? next : steady(wait, next);
}

// Somebody moved this ticket and nobody said to where, or said it a moment later: ask, once in a while.
function makeSure(now) {
  if (now - (me.askedAt ?? 0) < UNSURE_MS) return;
  me.askedAt = now;
  line.resync();
}

/** Spoken once for each headline: a call at once, everything else when there is a pause. */
function announce(state) {
  const sentence = headline();
  if (sentence === me.said) return;
  const isFirst = me.said === undefined;
  me.said = sentence;
  if (isFirst) return;
  speak("say", isCalled(state) ? "" : sentence);
  speak("say-now", isCalled(state) ? sentence : "");
}

function speak(id, sentence) {
  document.getElementById(id).textContent = sentence;
}
