// Numbered streams: each event once and in order. A stream is gap-free, so the cursor (the last number applied) says everything
// about what a screen has, and what it misses. The streams of a page are those its snapshot names.

const HELD_LIMIT = 1000;

export class Streams {
  constructor({ epoch = null, heads = {} } = {}) {
    this.held = new Map(); // stream -> Map(seq -> event): came before its turn, or while a snapshot was on its way
    this.isRecording = false;
    this.begin({ epoch, heads });
  }

  /** Stand where a snapshot stands. */
  begin({ epoch, heads }) {
    this.epoch = epoch;
    this.cursors = new Map(Object.entries(heads));
    this.heads = new Map(); // the furthest number heard of, per stream
    this.proved = new Map(); // when the server last said how far a stream is
    this.fresh = new Map(); // the latest of these moments of which we have everything
  }

  /** The cursors as they go over the wire. */
  after() {
    return Object.fromEntries(this.cursors);
  }

  hear(stream, seq) {
    this.heads.set(stream, Math.max(seq, this.heads.get(stream) ?? 0));
  }

  /** The server says how far a stream is: with all of that, what we show of it was true at this moment. */
  prove(heads, now) {
    for (const [stream, seq] of Object.entries(heads)) {
      this.hear(stream, seq);
      this.proved.set(stream, now);
    }
  }

  /** Is there something we know of and do not have? A stream without a cursor is none of our business. */
  isBehind() {
    return [...this.cursors.keys()].some((stream) => !this.isComplete(stream));
  }

  isComplete(stream) {
    return this.cursors.get(stream) >= (this.heads.get(stream) ?? 0);
  }

  /** The moment at which all we show was true: that of the stream we know least about. */
  freshAt(start) {
    for (const stream of this.cursors.keys()) {
      if (this.isComplete(stream)) this.fresh.set(stream, this.proved.get(stream) ?? start);
    }
    return Math.min(...[...this.cursors.keys()].map((stream) => this.fresh.get(stream) ?? start));
  }

  /** Does the server claim to know less than we do? Numbers would be given out again, and we would drop them as seen. */
  isAheadOf(heads) {
    return Object.entries(heads).some(([stream, seq]) => seq < (this.cursors.get(stream) ?? 0));
  }

  /** What one more event makes applicable: itself and what it was holding up, or nothing if it was seen or is early. */
  take(event) {
    if (event.epoch !== this.epoch) return this.hold(event);
    if (!this.cursors.has(event.stream)) return []; // another branch's: staff of several hear them all
    this.hear(event.stream, event.seq);
    const cursor = this.cursors.get(event.stream);
    if (this.isRecording || event.seq > cursor + 1) this.hold(event);
    if (event.seq !== cursor + 1) return [];
    this.cursors.set(event.stream, event.seq);
    return [event, ...this.drain(event.stream)];
  }

  hold(event) {
    const held = this.held.get(event.stream) ?? new Map();
    this.held.set(event.stream, held.set(event.seq, event));
    return [];
  }

  /** Too much waits for something that does not come. */
  isOverflowing() {
    return [...this.held.values()].some((held) => held.size > HELD_LIMIT);
  }

  /** While a snapshot is fetched, keep what comes: the snapshot may be older than what was applied meanwhile. */
  record() {
    this.isRecording = true;
  }

  /** The snapshot came (or not): take what was kept again, as if it came now. */
  replay() {
    this.isRecording = false;
    const kept = [...this.held.values()].flatMap((held) => [...held.values()]);
    this.held.clear();
    const ours = kept.filter((event) => event.epoch === this.epoch);
    return ours.sort((one, other) => one.seq - other.seq).flatMap((event) => this.take(event));
  }

  drain(stream) {
    const ready = [];
    const held = this.held.get(stream) ?? new Map();
    for (let next = this.follower(stream, held); next; next = this.follower(stream, held)) {
      this.cursors.set(stream, next.seq);
      ready.push(next);
    }
    if (!this.isRecording) this.forget(stream, held);
    return ready;
  }

  follower(stream, held) {
    const next = held.get(this.cursors.get(stream) + 1);
    return next?.epoch === this.epoch ? next : undefined;
  }

  forget(stream, held) {
    for (const seq of held.keys()) if (seq <= this.cursors.get(stream)) held.delete(seq);
    if (held.size === 0) this.held.delete(stream);
  }
}
