// Any ticket of the day, looked at closely: from the queue, from hold, from find. What can be done with it, and what not, and why.
import { t } from "../page.js";
import { $, write, writeOrHide } from "./dom.js";
import { actsFor } from "./line.js";
import { fillActs, openNote, openPanel } from "./panels.js";
import { factsOf, paintFacts } from "./stage.js";
import { openTransfer } from "./transfer.js";
import { serviceName, statusWords } from "./words.js";

const ICONS = {
  call: "megaphone",
  resume: "play",
  return: "rotate-ccw",
  transfer: "arrow-left-right",
  note: "pencil-line",
  cancel: "x",
};
const NEEDS_FREE = new Set(["call", "resume"]);
const NEEDS_SEAT = new Set(["return", "transfer", "cancel", "note"]);

export function openTicket(desk, ticket) {
  const scene = desk.scene();
  const panel = openPanel("ticket", ticket.number);
  const service = serviceName(scene.services, ticket.service_id);
  write($("ticket-state"), `${service} · ${statusWords(ticket, scene.counters)}`);
  paintFacts($("ticket-facts"), ticket.status === "waiting" ? factsOf(ticket, scene) : []);
  writeOrHide($("ticket-note"), ticket.hold_reason || ticket.note);
  const acts = actsOn(desk, scene, ticket);
  writeOrHide($("ticket-why"), hindrance(scene, acts) ?? outOfOrder(scene, ticket));
  fillActs($("ticket-acts"), panel, acts);
}

/** Everything that can be done with a ticket from here, most likely first. */
export function actsOn(desk, scene, ticket) {
  return actsFor(ticket).map((act) => ({
    act,
    icon: ICONS[act],
    text: t(`do_${act}`, { number: ticket.number }),
    isOff: (NEEDS_FREE.has(act) && !isFree(scene)) || (NEEDS_SEAT.has(act) && scene.name === "closed"),
    run: () => run(desk, act, ticket),
  }));
}

function run(desk, act, ticket) {
  if (act === "note") openNote(desk, ticket);
  else if (act === "transfer") openTransfer(desk, ticket);
  else desk.act(act, { ticket_id: ticket.id });
}

function isFree({ name, isLocked }) {
  return (name === "free" || name === "empty") && !isLocked;
}

/** What has to happen first, when the likely act can not be taken now. */
function hindrance({ open, isLocked }, [likely]) {
  if (!likely?.isOff) return null;
  if (open) return t("busy_here", { number: open.number });
  return isLocked ? t("do_locked") : t("not_open");
}

function outOfOrder({ line }, ticket) {
  const ahead = line.findIndex((other) => other.id === ticket.id);
  return ahead > 0 ? t.plural("ahead", ahead) : null;
}

/** On hold or missed is one press from coming back, and one from undo; anything else is looked at first. */
export function pick(desk, id) {
  const scene = desk.scene();
  const ticket = scene.tickets.find((other) => other.id === id);
  if (!ticket || scene.name === "elsewhere") return;
  const [likely] = actsOn(desk, scene, ticket);
  if (AT_ONCE.has(likely.act) && !likely.isOff) likely.run();
  else openTicket(desk, ticket);
}

const AT_ONCE = new Set(["resume", "return"]);
