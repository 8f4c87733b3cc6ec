// The ticket that fills the wall: who on the left, where on the right. Yellow only while the ticket is being called.

import { clockTime, t } from "../page.js";
import { isCalled } from "./calls.js";
import { label } from "./labels.js";

const byId = (id) => document.getElementById(id);

/** Paint the ticket; `old` news is told as the last call, never as a call. */
export function paintHero(ticket, { other, old }) {
  const hero = byId("hero");
  hero.hidden = !ticket;
  if (!ticket) return;
  const isLive = isCalled(ticket) && !old;
  hero.classList.toggle("is-called", isLive);
  label(
    byId("hero-label"),
    heroLabel(ticket, isLive),
    other,
    isLive ? {} : { time: clockTime(ticket.called_at) },
  );
  label(byId("counter-label"), "counter", other);
  write(byId("hero-number"), ticket.number);
  write(byId("hero-counter"), ticket.counter ?? "");
  say(isLive ? t("call", { number: ticket.number, counter: ticket.counter ?? "" }) : "");
}

function heroLabel(ticket, isLive) {
  if (!isLive) return "last_call";
  return ticket.recalls > 0 ? "called_again" : "now_calling";
}

/** Write a number or a counter's name, and its length for the sheet: four glyphs are set smaller, never in two lines. */
export function write(node, text) {
  if (node.textContent === text) return;
  node.textContent = text;
  node.dataset.glyphs = Math.min(text.length, 6);
}

function say(text) {
  const status = byId("say");
  if (status.textContent !== text) status.textContent = text;
}

/** Two slow pulses, again from the start when one is under way. */
export function pulse() {
  const hero = byId("hero");
  hero.classList.remove("pulse");
  void hero.offsetWidth; // without this the browser sees no change and does not pulse again
  hero.classList.add("pulse");
}

/** A ticket that calls nobody: why the board is empty, or whom to ask. */
export function paintQuiet(why, { other }) {
  const quiet = byId("quiet");
  quiet.hidden = !why;
  if (!why) return;
  label(byId("quiet-title"), why.key, other);
  byId("quiet-stub").hidden = !why.note;
  quiet.classList.toggle("ticket", Boolean(why.note));
  if (why.note) label(byId("quiet-note"), why.note, other, { time: why.time });
}
