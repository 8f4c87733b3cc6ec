// The counter as this tab knows it: tickets from the news, what the agent just pressed, and what the server made of it.
import { get, page, post, serverNow, t } from "../page.js";
import { guess, offered, undoable } from "./guesses.js";
import { heldAt, isElsewhere, missedFor, openAt, sceneName, upNext, whyFirst } from "./line.js";
import { instead, inWords, outcome } from "./words.js";

const SLOW_MS = 5000;
const SNAPSHOT_LIMIT = 100;
const RUNS_SHORT = 30;
const STATUS_AFTER = { open: "open", pause: "paused", close: "closed" };

export class Desk {
  constructor({ seat, changed, settled, say }) {
    Object.assign(this, { seat, changed, settled, say, counterId: page.snapshot.counter.id });
    Object.assign(this, {
      guesses: new Map(),
      pending: null,
      problem: null,
      told: null,
      isTaken: false,
      isStale: false,
    });
    this.learnExtras(page.snapshot);
  }

  /** The live line is up: its store is what this desk reads. */
  connect({ store, resync }) {
    Object.assign(this, { store, resync });
  }

  // --- What is so --------------------------------------------------------------------------------------------

  /** Everything the page paints, in one object. */
  scene() {
    const { branch, services, counters } = this.store;
    const [now, counter, tickets] = [serverNow(), this.counter(), this.tickets()];
    const [line, open] = [upNext(tickets, counter), openAt(tickets, counter)];
    const elsewhere = this.isTaken || isElsewhere(this.known(), this.seat, page.user.id);
    return {
      name: sceneName({ counter, open, line, elsewhere }),
      ...{ now, counter, tickets, line, open, branch, services, counters },
      ...this.memory(),
      settings: branch.settings,
      why: whyFirst(line, counter),
      held: heldAt(tickets, counter),
      missed: missedFor(tickets, counter, branch.settings.grace_minutes, now),
      waiting: this.waiting(line, counter),
    };
  }

  memory() {
    const { pending, problem, told, undo, extras, recalledAt = 0, isStale: isLocked } = this;
    return { pending, problem, told, undo, extras, recalledAt, isLocked };
  }

  known() {
    return this.store.counters.get(this.counterId) ?? page.snapshot.counter;
  }

  counter() {
    const status = this.pending?.status;
    return status ? { ...this.known(), status } : this.known();
  }

  tickets() {
    const tickets = [...this.store.tickets.values()];
    return tickets.map((ticket) => ({ ...ticket, ...this.guesses.get(ticket.id) }));
  }

  /** A snapshot brings the head of a long line only; from then on the services' own figures count the rest. */
  waiting(line, counter) {
    if (!this.isCut) return line.length;
    const ours = counter.service_ids.map((id) => this.store.services.get(id)?.waiting ?? 0);
    const total = ours.reduce((sum, waiting) => sum + waiting, 0);
    if (line.length < RUNS_SHORT && total > line.length) this.refill();
    return Math.max(total, line.length);
  }

  refill() {
    if (performance.now() < (this.refilledAt ?? Number.NEGATIVE_INFINITY) + SLOW_MS) return;
    this.refilledAt = performance.now();
    this.resync();
  }

  // --- What is done ------------------------------------------------------------------------------------------

  /** Do an act: shown as pending at once, carried out once, told in words. Gives the answer, or null if it did not happen. */
  async act(name, facts = {}) {
    if (this.pending) return null;
    const before = this.begin(name, facts);
    const slow = setTimeout(() => this.complain(t("slow")), SLOW_MS);
    try {
      const answer = await post(`/api/terminal/${name}`, {
        counter_id: this.counterId,
        seat: this.seat,
        ...facts,
      });
      this.succeed(name, answer, before);
      return answer;
    } catch (problem) {
      return this.fail(problem);
    } finally {
      clearTimeout(slow);
      this.end();
    }
  }

  begin(name, facts) {
    const before = this.scene();
    const act = name === "complete" && facts.call_next ? "complete-next" : name;
    const asked = { ...before, ticketId: facts.ticket_id, reason: facts.reason };
    this.guesses = guess(act, asked, new Date(before.now).toISOString());
    this.pending = { act: name, number: numberOf(name, facts, before), status: STATUS_AFTER[name] };
    this.problem = null;
    this.told = null;
    this.changed();
    return before;
  }

  succeed(name, answer, before) {
    this.problem = null;
    this.isTaken = false;
    for (const ticket of answer.tickets ?? [answer, answer.called]) this.take(ticket);
    this.undo = name === "undo" ? [] : (undoable(name, answer) ?? this.undo);
    if (name === "recall") this.recalledAt = serverNow();
    this.told = instead(name, answer, before, this.tickets());
    this.say(this.told ?? outcome(name, answer));
    this.learn();
  }

  /** The answer may overtake its own news; versions sort it out. */
  take(thing) {
    if (thing?.version === undefined) return;
    this.store.put(thing.number === undefined ? "counter" : "ticket", thing);
  }

  fail(problem) {
    if (problem.code === undefined) throw problem; // our own mistake, not a refusal
    if (problem.status === 401)
      location.assign(`/login?next=${encodeURIComponent(location.pathname + location.search)}`);
    if (problem.code === "CounterIsTaken") this.isTaken = true;
    if (problem.code === "NothingToUndo") this.undo = [];
    this.guesses = new Map();
    this.complain(inWords(problem, this.scene()));
    if (problem.status === 0) this.resync();
    return null;
  }

  complain(text) {
    this.problem = text;
    this.changed();
  }

  end() {
    this.pending = null;
    this.guesses = new Map();
    this.changed();
    this.settled();
  }

  /** The line is stale, or true again: what was not known then is shown now. */
  follow(state) {
    this.isStale = state === "stale";
    if (state === "recovered" && !this.pending) this.problem = null;
    if (state === "recovered") this.learn();
    this.changed();
  }

  // --- What only the server can say --------------------------------------------------------------------------

  /** History, undo, usual times and today's figures are no news; ask for them, once for a burst of reasons. */
  learn() {
    clearTimeout(this.learning);
    this.learning = setTimeout(async () => {
      const state = await get(`/api/terminal/state?counter_id=${this.counterId}`).catch(() => null);
      if (state && !this.pending) this.learnExtras(state);
      this.changed();
    }, 150);
  }

  learnExtras({ undo, usual, history, today, tickets, counter }) {
    this.undo = offered((undo?.acts ?? []).toReversed()); // the server's come newest first; people tell it the other way round
    this.extras = { usual: usual ?? {}, history: history ?? [], today, ticketId: counter.ticket_id };
    this.isCut = tickets.filter((ticket) => ticket.status === "waiting").length >= SNAPSHOT_LIMIT;
  }

  /** News of this counter or its ticket: a colleague or the visitor's phone may have changed what was only fetched. */
  hear({ data }) {
    if (data?.counter?.id === this.counterId) this.isTaken = false;
    if (data?.ticket?.counter_id === this.counterId) this.learn();
  }
}

function numberOf(act, facts, { open, line, tickets }) {
  if (act === "call-next") return line[0]?.number;
  return (tickets.find((ticket) => ticket.id === facts.ticket_id) ?? open)?.number ?? "";
}
