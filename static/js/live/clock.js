// A clock that only goes forward, and counts the time a computer slept: what is old must not look young after a nap.
// (performance.now() stands still during sleep; the wall clock does not, but may be set back.)

const ASLEEP_MS = 5000;

export class SteadyClock {
  constructor(steady = () => performance.now(), wall = () => Date.now()) {
    Object.assign(this, { steady, wall, slept: 0, gap: wall() - steady() });
  }

  now() {
    return this.steady() + this.slept;
  }

  /** Was there a nap since the last time this was asked? From now on it counts. */
  hasSlept() {
    const gap = this.wall() - this.steady();
    const hasSlept = gap - this.gap > ASLEEP_MS;
    if (hasSlept) this.slept += gap - this.gap;
    this.gap = gap;
    return hasSlept;
  }
}
