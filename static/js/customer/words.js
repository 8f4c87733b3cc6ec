// Every word the page shows for a ticket: keys are the names that data-text and data-if carry in the templates.

import { ago, clockTime, page, range, stopwatch, t } from "../page.js";
import { graceEnds, isCalled } from "./state.js";

const COMING_ADDS_MS = 60_000;
const UNDO_LEAVE_MS = 30_000;

export function wordsOf(me, state) {
  const { now } = me;
  return {
    ...whoAndWhere(me, state),
    ...theQueue(me, state, now),
    ...theCall(me, now),
    ...theEnd(me, now),
    ...moreTime(me),
  };
}

function whoAndWhere(me, state) {
  const { ticket, branch, service, counter } = me;
  return {
    title: titleOf(me, state),
    number: ticket.number,
    service: service && nameOf(service),
    counter: ticket.counter,
    place: counter?.place,
    opens_at: branch.opens_at,
  };
}

/** What a tab says of the ticket while somebody reads something else. */
function titleOf({ ticket, branch, ahead, status }, state) {
  if (isCalled(state) && !status.frozen) return t("title_turn", { counter: ticket.counter });
  const isQueued = state === "waiting" || state === "soon";
  return `${ticket.number} · ${isQueued ? aheadWords(ahead) : branch.name}`;
}

const aheadWords = (ahead) => (ahead ? t.plural("ahead", ahead) : t("next"));

/** A snapshot asked for later may speak the ticket's first language; the page's own counts. */
export const nameOf = ({ names, name }) => names[page.language] ?? name;

function theQueue({ ahead, wait, lastCalled, status }, state, now) {
  const isLive = status.state === "live" || status.state === "recovered";
  return {
    ahead: aheadWords(ahead),
    ahead_number: ahead,
    last_number: lastCalled?.number,
    last_time: lastCalled && clockTime(lastCalled.called_at),
    wait: range(wait),
    nobody_open: !wait,
    back: wait && backBy(wait, state, now),
    fresh: isLive ? fresh(status.age_s) : undefined,
  };
}

const fresh = (age_s) => (age_s < 1 ? t("fresh_now") : t("fresh", { age: ago(age_s) }));

function backBy({ be_back_by }, state, now) {
  const isNow = state === "soon" || !be_back_by || Date.parse(be_back_by) <= now;
  return isNow ? t("now") : clockTime(be_back_by);
}

function theCall({ ticket, branch }, now) {
  if (ticket.status !== "called") return {};
  const held_ms = branch.settings.come_within_s * 1000 + (ticket.on_my_way_at ? COMING_ADDS_MS : 0);
  const left_ms = Date.parse(ticket.called_at) + held_ms - now;
  return {
    called_time: clockTime(ticket.called_at),
    call_again: t({ 1: "call_2", 2: "call_3" }[ticket.recalls] ?? "call_more"),
    hold: left_ms > 0 && stopwatch(left_ms / 1000),
    hold_over: left_ms <= 0,
    hold_share: Math.min(1, Math.max(0, left_ms / held_ms)),
    may_say_coming: !ticket.on_my_way_at,
    is_coming: Boolean(ticket.on_my_way_at),
  };
}

function theEnd({ ticket, branch, left_at }, now) {
  const undo_s = left_at ? Math.ceil((left_at + UNDO_LEAVE_MS - now) / 1000) : 0;
  return {
    left: Boolean(left_at),
    not_left: !left_at,
    undo_leave: undo_s > 0 && undo_s,
    may_rate: !ticket.stars,
    is_rated: Boolean(ticket.stars),
    grace_until: ticket.missed_at && clockTime(graceEnds(ticket, branch)),
    rejoin_place: t.plural("rejoin", branch.settings.return_behind ?? 2),
  };
}

/** What asking for more time would do, said before it is done. */
function moreTime({ ticket, branch, service, ahead, delaysLeft }) {
  const people = branch.settings.delay_people;
  const isQueued = ticket.status === "waiting";
  const behind = service ? Math.max(0, service.waiting - (isQueued ? ahead + 1 : 0)) : people;
  const passing = Math.min(people, behind);
  return {
    may_delay: delaysLeft > 0 && (isQueued || ticket.status === "called"),
    delay_title: t.plural("delay_title", people),
    delay_do: t.plural("delay_do", people),
    delay_place: passing ? t.plural("delay_place", (isQueued ? ahead : 0) + passing) : t("delay_nobody"),
    delays_left: t.plural("delays_left", delaysLeft),
  };
}
