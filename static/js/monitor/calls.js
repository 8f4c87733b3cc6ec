// What stands where on the hall board. Pure rules: no page, no sound, no clock of their own.

export const PLACES = 6;
export const BEAT_MS = 8_000; // pages, languages and the foot alternate on one beat
const LINGER_MS = 60_000; // a served ticket stays this long after it is completed
const TURN_MS = 6_000; // a call keeps the hero this long while others wait
const CHIME_MS = 1_400; // two notes and the silence after them
const FRESH_MS = 60_000; // older calls are shown, never sounded
const REMEMBERED = 200; // turns: a board runs for months
const ANNOUNCED = new Set(["ticket-called", "ticket-recalled"]);

const ms = (iso) => Date.parse(iso ?? "") || 0;

export const isCalled = (ticket) => ticket?.status === "called";

function isOnBoard(ticket, now) {
  if (ticket.status === "completed")
    return Boolean(ticket.called_at) && now - ms(ticket.finished_at) < LINGER_MS;
  return isCalled(ticket) || ticket.status === "serving";
}

/** The hero and the pages of recent calls, newest first. `line` knows whose turn came when. */
export function arrange(tickets, line, now) {
  const shown = tickets.filter((ticket) => isOnBoard(ticket, now)).sort(newestFirst(line));
  const hero =
    shown.find((ticket) => isCalled(ticket) && !line.awaits(ticket)) ??
    shown.find((ticket) => !isCalled(ticket));
  return { hero: hero ?? null, pages: pagesOf(recent(shown.filter((ticket) => ticket !== hero))) };
}

function newestFirst(line) {
  const since = (ticket) => Math.max(ms(ticket.recalled_at ?? ticket.called_at), line.turnOf(ticket));
  return (a, b) => since(b) - since(a) || b.id - a.id;
}

/** Whoever still has to walk keeps a place; the oldest served leave first. */
function recent(tickets) {
  let left = PLACES - tickets.filter(isCalled).length;
  return tickets.filter((ticket) => isCalled(ticket) || left-- > 0);
}

function pagesOf(tickets) {
  const pages = [];
  for (let first = 0; first < tickets.length; first += PLACES)
    pages.push(tickets.slice(first, first + PLACES));
  return pages;
}

/** Missed tickets that may still come back, newest first. */
export function missed(tickets, graceMinutes, now) {
  const mayReturn = (ticket) =>
    ticket.status === "missed" && now - ms(ticket.missed_at) < graceMinutes * 60_000;
  return tickets.filter(mayReturn).sort((a, b) => ms(b.missed_at) - ms(a.missed_at));
}

/** What an empty board says: the name of a text. `clock` is "HH:MM" in the branch. */
export function quiet(branch, clock) {
  if (branch.is_open) return "no_calls_now";
  return branch.opens_at && branch.opens_at > clock ? "no_calls_yet" : "all_done";
}

/** Which of `count` views is on at `now`, when the first one came on at `since`. */
export function beat(now, count, since = 0) {
  return count > 1 ? Math.floor(Math.max(0, now - since) / BEAT_MS) % count : 0;
}

/** Calls wait here for their chime and their time as hero: one at a time, in the order heard. */
export class Line {
  #waiting = [];
  #turns = new Map();
  #current = null;

  hear({ type, at, data }, fresh) {
    const ticket = data?.ticket;
    if (!ticket) return;
    if (!isCalled(ticket)) this.#drop(ticket.id);
    else if (fresh && ANNOUNCED.has(type))
      this.#waiting.push({ id: ticket.id, at: ms(at), first: type === "ticket-called" });
  }

  /** The call whose turn begins now, or null. An undone or served one lost its turn. */
  step(tickets, now) {
    if (this.#isBusy(tickets, now)) return null;
    while (this.#waiting.length) {
      const turn = this.#waiting.shift();
      if (isCalled(tickets.get(turn.id))) return this.#begin(turn, now);
    }
    return null;
  }

  /** A first call waits on its tile until the hero is free; a recalled ticket stays where it is. */
  awaits(ticket) {
    return this.#waiting.some(({ id, first }) => first && id === ticket.id);
  }

  turnOf(ticket) {
    return this.#turns.get(ticket.id) ?? 0;
  }

  #drop(id) {
    this.#waiting = this.#waiting.filter((turn) => turn.id !== id);
  }

  #begin(turn, now) {
    this.#current = { id: turn.id, began: now };
    this.#remember(turn.id, now);
    return { id: turn.id, first: turn.first, sounds: now - turn.at < FRESH_MS };
  }

  #remember(id, now) {
    this.#turns.set(id, now);
    if (this.#turns.size > REMEMBERED) this.#turns.delete(this.#turns.keys().next().value);
  }

  // A clock set back would otherwise hold the line for as long as it jumped.
  #isBusy(tickets, now) {
    if (!this.#current) return false;
    const age = now - this.#current.began;
    return age >= 0 && age < (isCalled(tickets.get(this.#current.id)) ? TURN_MS : CHIME_MS);
  }
}
