// The kiosk: one touch takes a ticket. This file says what each touch and each piece of news means; kiosk/* does it.
import { attract } from "./kiosk/attract.js";
import { tellAway } from "./kiosk/away.js";
import { guard, hold, quiet } from "./kiosk/guard.js";
import { touched, turnRings, watchIdle } from "./kiosk/idle.js";
import { forgetNeeds, needsAhead, needsChosen, needsOnTicket, startNeeds } from "./kiosk/needs.js";
import { hush, refused, say } from "./kiosk/notice.js";
import { issuer } from "./kiosk/press.js";
import { screen, show } from "./kiosk/screens.js";
import { firstPage, isTurned, nameOf, paginate, paintCalled, paintServices, shut } from "./kiosk/services.js";
import { clearTicket, fitPaper, print, writeTicket } from "./kiosk/ticket.js";
import { forgetTools, isAdapted, reload, startTools } from "./kiosk/tools.js";
import { live } from "./live.js";
import { clockTime, page, post, serverNow, t } from "./page.js";

const $ = (id) => document.getElementById(id);
const FIRST = new Set(["home", "closed"]);
const issue = issuer((wanted, key) => post("/api/kiosk/tickets", wanted, { key }));
let isAway = false;

// --- News ----------------------------------------------------------------------------------------------------

function paint({ branch, services, tickets }) {
  paintServices(branch, services.values(), pick);
  paintCalled(tickets.values());
  $("opens").textContent = branch.opens_at ? t("opens", { time: branch.opens_at }) : t("opens_unknown");
  if (FIRST.has(screen())) home();
}

/** What is open now and what is left today come with a snapshot only, so whatever may change them asks for one. */
function hear({ type }) {
  if (/^(quota|service|settings)-/.test(type)) connection.resync();
}

/** Stale: no more tickets from here. Whoever has one on the glass may finish reading it. */
function connected(status) {
  isAway = tellAway(status);
  if (isAway && screen() !== "ticket") show("away");
  if (isAway && status.cause === "refused") reload(); // no longer enrolled: the server then shows how to pair again
  if (!isAway && screen() === "away") leave();
}

function home() {
  if (isAway) return show("away");
  show(connection.store.branch.is_open ? "home" : "closed");
  paginate();
}

// --- Touches -------------------------------------------------------------------------------------------------

function pick(id, button) {
  const { branch, services } = connection.store;
  const service = services.get(id);
  hush();
  const why = shut(service, branch);
  if (why) return say(refused(why, nameOf(service)));
  return take(service, button);
}

async function take(service, button) {
  const isPriority = screen() === "service";
  const wish = { service_id: service.id, language: page.language };
  if (isPriority) Object.assign(wish, { priority: "priority", needs: needsChosen() });
  button.dataset.pending = "";
  const ticket = await hold(issue(wish)).catch((problem) => noTicket(problem, service));
  delete button.dataset.pending;
  if (ticket) give(ticket, nameOf(service), isPriority ? needsOnTicket() : "");
}

function noTicket(problem, service) {
  say(refused(problem, nameOf(service)));
  connection.resync();
}

function give(...ticket) {
  const code = writeTicket(...ticket);
  show("ticket");
  quiet(1000);
  fitPaper();
  touched();
  turnRings();
  print(code);
}

/** Everything as it was before this person came. */
function leave() {
  hush();
  forgetNeeds();
  clearTicket();
  firstPage();
  home();
  forgetTools();
  touched();
}

/** What it would mean if this person walked away now. */
function mood() {
  if (screen() === "ticket" || screen() === "away") return screen();
  return isAdapted() || isTurned() || !FIRST.has(screen()) ? "used" : "clean";
}

function startTouches() {
  $("help").addEventListener("click", () => show("needs"));
  $("continue").addEventListener("click", chooseService);
  for (const button of document.querySelectorAll("[data-back]")) button.addEventListener("click", back);
  $("done").addEventListener("click", leave);
  $("print")?.addEventListener("click", () => print());
}

function chooseService() {
  $("needed").textContent = needsAhead();
  show("service");
  paginate();
}

function back() {
  if (screen() === "service") show("needs");
  else home();
}

// --- Time ----------------------------------------------------------------------------------------------------

const day = () =>
  new Date(serverNow()).toLocaleDateString("en", { timeZone: connection.store.branch.time_zone });
let today;

function everySecond() {
  $("clock").textContent = clockTime(serverNow());
  if (isAway) tellAway(connection.status);
  today ??= day();
  if (mood() === "clean" && today !== day()) {
    today = day();
    reload(); // a new day starts with new quotas, and with whatever was updated overnight
  }
}

/** The doors open by the clock, which is no news: ask while we say that something is closed. */
function everyMinute() {
  const { branch, services } = connection.store;
  if ([...services.values()].some((service) => shut(service, branch))) connection.resync();
}

const { px_per_mm } = page.device?.settings ?? {};
if (px_per_mm) document.documentElement.style.setProperty("--mm", `${px_per_mm}px`);
guard();
startNeeds();
startTools(paginate);
startTouches();
const connection = live({ onChange: paint, onNews: hear, onStatus: connected });
connection.changed();
watchIdle({ mood, leave, attract });
everySecond();
setInterval(everySecond, 1000);
setInterval(everyMinute, 60_000);
addEventListener("resize", paginate);
document.fonts.ready.then(paginate);
