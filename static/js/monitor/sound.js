// The chime: two notes made on the spot, no file. Browsers keep a page silent until somebody touches it, and a promise
// of resume() may never settle: so it is never awaited, the state alone is read, and a silent board says so.

const NOTES = [
  { hertz: 784, at: 0, lasts: 0.45 },
  { hertz: 587.3, at: 0.32, lasts: 0.58 },
];
const LENGTH_S = 0.9;
const SILENCE_S = 0.3;

export class Chime {
  #context = null;
  #freeAt = 0;

  /** `isMuted`: sound is off by setting, which nobody needs to be told. `onChange` hears of a new state. */
  constructor({ isMuted, onChange }) {
    if (isMuted) return;
    this.#context = new AudioContext();
    this.#context.addEventListener("statechange", onChange);
    for (const gesture of ["pointerdown", "keydown"]) addEventListener(gesture, () => this.#wake());
  }

  get state() {
    if (!this.#context) return "muted";
    return this.#context.state === "running" ? "ok" : "blocked";
  }

  /** Ring once, never over the ring before. A blocked chime is dropped: kept, it would ring much too late. */
  ring() {
    if (this.state !== "ok") return;
    const start = Math.max(this.#context.currentTime, this.#freeAt);
    for (const note of NOTES) this.#strike(note, start + note.at);
    this.#freeAt = start + LENGTH_S + SILENCE_S;
  }

  #wake() {
    if (this.#context.state !== "running") this.#context.resume().catch(() => {});
  }

  #strike({ hertz, lasts }, at) {
    const tone = new OscillatorNode(this.#context, { type: "triangle", frequency: hertz });
    const loudness = new GainNode(this.#context, { gain: 0 });
    loudness.gain.setValueAtTime(0, at);
    loudness.gain.linearRampToValueAtTime(0.5, at + 0.015);
    loudness.gain.exponentialRampToValueAtTime(0.001, at + lasts);
    tone.connect(loudness).connect(this.#context.destination);
    tone.start(at);
    tone.stop(at + lasts);
  }
}
