// The hall board: who is called where. It decides nothing; it shows the calls of calls.js, rings, and says how old its news is.

import { live } from "./live.js";
import { paintAbout } from "./monitor/about.js";
import { arrange, Line, missed, quiet } from "./monitor/calls.js";
import { paintFoot } from "./monitor/foot.js";
import { paintHero, paintQuiet, pulse } from "./monitor/hero.js";
import { otherLanguage } from "./monitor/labels.js";
import { paintRecent } from "./monitor/recent.js";
import { fillOnTap, orbit, stayAwake } from "./monitor/screen.js";
import { Chime } from "./monitor/sound.js";
import { clockTime, page, serverNow } from "./page.js";

const ASK_STAFF_S = 600; // this long without news, the board sends people to the reception

const byId = (id) => document.getElementById(id);

// A board for some services shows theirs only; the news of the whole branch passes by all the same.
const wanted =
  new URL(page.snapshot_url, location).searchParams.get("services")?.split(",").filter(Boolean) ?? [];
const isHere = ({ service_id }) => wanted.length === 0 || wanted.includes(String(service_id));

const line = new Line();
const chime = new Chime({ isMuted: page.device?.settings?.sound === false, onChange: () => showSound() });
const board = live({
  onChange: () => show(),
  onNews: (envelope, { fresh }) => isHere(envelope.data?.ticket ?? {}) && line.hear(envelope, fresh),
  onStatus: () => queueMicrotask(show), // the first status comes before there is a board
});

function show() {
  const { store, status } = board;
  const now = status.frozen ? status.asOf : serverNow();
  const turn = status.frozen ? null : line.step(store.tickets, now);
  const tickets = [...store.tickets.values()].filter(isHere);
  const { hero, pages } = arrange(tickets, line, now);
  const why = reason(store.branch, status, hero);
  const manner = { other: otherLanguage(store.branch, serverNow()), old: status.frozen };
  paintQuiet(why, manner);
  paintHero(why ? null : hero, manner);
  paintRecent(why ? [] : pages, serverNow());
  paintFoot(offered(store), missed(tickets, store.branch.settings.grace_minutes, now), serverNow());
  if (turn) announce(turn);
}

/** No waits are promised once the doors are closed. */
function offered({ branch, services }) {
  return branch.is_open ? [...services.values()].filter(({ id }) => isHere({ service_id: id })) : [];
}

/** Why there is no call to show, or null when there is one. */
function reason(branch, { age_s, asOf, state }, hero) {
  if (state === "stale" && age_s >= ASK_STAFF_S)
    return { key: "ask_reception", note: "stopped_at", time: clockTime(asOf) };
  if (hero) return null;
  const key = quiet(branch, clockTime(serverNow()));
  return key === "no_calls_yet" ? { key, note: "opens_at", time: branch.opens_at } : { key };
}

function announce(turn) {
  pulse();
  if (turn.sounds) chime.ring();
}

function showSound() {
  byId("sound-off").hidden = chime.state !== "blocked";
  board.report({ audio: chime.state });
}

function everySecond() {
  const now = serverNow();
  byId("clock").textContent = clockTime(now);
  orbit(byId("board"), now);
  paintAbout(board.status, chime.state);
  show();
}

stayAwake();
fillOnTap();
everySecond();
setInterval(everySecond, 1000);
setInterval(showSound, 1000); // not at once: where sound is allowed, a context still needs a moment to start
