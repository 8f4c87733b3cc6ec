// The counter terminal: an agent's whole day. This file says what each press and each piece of news means; terminal/* does it.
import { live } from "./live.js";
import { minutes, page, t } from "./page.js";
import { paintBar } from "./terminal/bar.js";
import { Desk } from "./terminal/desk.js";
import { $, write } from "./terminal/dom.js";
import { openFind } from "./terminal/find.js";
import { areKeysOn, focusPrimary, leaveFocus, startKeys, switchKeys } from "./terminal/keys.js";
import { openHold, openLeave, openNote, openPanel, startPanels } from "./terminal/panels.js";
import { paintQueue } from "./terminal/queue.js";
import { takeSeat } from "./terminal/seat.js";
import { isTickOn, switchTick, tick } from "./terminal/sound.js";
import { paintStage } from "./terminal/stage.js";
import { pick } from "./terminal/ticket.js";
import { paintTop, signOut, sitsHere, startTop } from "./terminal/top.js";
import { openTransfer } from "./terminal/transfer.js";

const desk = new Desk({ seat: await takeSeat(), changed: paint, settled: focusPrimary, say });
const warned = new Set(); // tickets on hold that were already pointed out

const PRESSES = {
  "call-next": () => desk.act("call-next"),
  start: () => desk.act("start", here()),
  complete: () => desk.act("complete", here()),
  "complete-next": () => desk.act("complete", { ...here(), call_next: true }),
  miss: () => desk.act("miss", here()),
  recall: () => desk.act("recall", here()),
  open: () => desk.act("open"),
  undo: () => desk.act("undo"),
  hold: () => openHold(desk),
  note: () => openNote(desk, desk.scene().open),
  transfer: () => openTransfer(desk, desk.scene().open),
  find: () => openFind(desk),
  keys: () => openPanel("keys"),
  wait() {},
};

/** Name the ticket, so that an act never falls on another one that came meanwhile. */
function here() {
  const { open } = desk.scene();
  return open ? { ticket_id: open.id } : {};
}

document.addEventListener("click", leaveFocus, { capture: true });
document.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-act]");
  const isOff = !button || button.getAttribute("aria-disabled") === "true";
  if (!isOff && (button.id !== "primary" || isArmed())) PRESSES[button.dataset.act]();
});

function changeStatus(status, then = () => {}) {
  const { open, counter } = desk.scene();
  if (status === counter.status) return;
  const change = async () => (await desk.act(STATUS_ACTS[status])) && then();
  if (open && status !== "open") openLeave(desk, status, change);
  else change();
}

const STATUS_ACTS = { open: "open", paused: "pause", closed: "close" };

function leave() {
  $("me").removeAttribute("open");
  if (sitsHere(desk.scene())) changeStatus("closed", signOut);
  else signOut();
}

// --- The wide key rests a moment after each change: what was meant for the old picture must not hit the new one ---

const REARM_MS = 600;
let picture;
let changedAt = Number.NEGATIVE_INFINITY;

function isArmed() {
  return performance.now() >= changedAt + REARM_MS;
}

function notice({ name, open }) {
  const now = `${name} ${open?.id} ${$("primary").dataset.act}`;
  if (picture === now) return;
  if (picture !== undefined) changedAt = performance.now();
  if (name === "elsewhere") say(t("head_elsewhere"));
  picture = now;
}

// --- Painting ------------------------------------------------------------------------------------------------

function paint() {
  if (!desk.store) return;
  const scene = desk.scene();
  document.body.dataset.scene = scene.name;
  paintTop(scene);
  paintStage(scene);
  paintBar(scene);
  notice(scene);
  paintQueue(scene, (id) => pick(desk, id));
  warnOfHolds(scene);
}

function say(text) {
  write($("say"), text);
}

/** A person on hold too long is easily forgotten: said once, and marked in the list. */
function warnOfHolds({ held, now, settings }) {
  for (const { id, number, held_at } of held) {
    const seconds = (now - Date.parse(held_at)) / 1000;
    if (seconds < settings.hold_warning_minutes * 60 || warned.has(id)) continue;
    warned.add(id);
    say(t("hold_long", { number, wait: minutes(seconds) }));
  }
}

function hear(envelope, { fresh }) {
  desk.hear(envelope);
  if (!fresh || envelope.type !== "ticket-created" || !isTickOn()) return;
  const { name, line } = desk.scene();
  const isOurs = line.some((ticket) => ticket.id === envelope.data.ticket.id);
  if (isOurs && name === "free") tick();
}

// --- Start ---------------------------------------------------------------------------------------------------

startTop({ press: changeStatus, leave });
startPanels();
startKeys();
startSwitch("keys-on", areKeysOn(), switchKeys);
startSwitch("tick-on", isTickOn(), switchTick);
desk.connect(live({ onChange: paint, onNews: hear, onStatus: ({ state }) => desk.follow(state) }));
paint();
setInterval(paint, 1000); // the clocks
focusPrimary();
comeBack();

function startSwitch(id, isOn, change) {
  $(id).checked = isOn;
  $(id).addEventListener("change", () => change($(id).checked));
}

/** The same agent in a new tab goes on where they were; the newer one wins. Somebody else's counter is only taken by a press. */
function comeBack() {
  const { name, counter } = desk.scene();
  const isMine = counter.agent?.id === page.user.id && counter.status === "open";
  if (name === "elsewhere" && isMine) desk.act("open");
}
