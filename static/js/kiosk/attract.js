// Nobody here for a while: dimmer, asking in each language in turn, and never long in one place on the glass.
import { page } from "../page.js";

const EVERY_MS = 6000;
const SHIFT_EVERY = 20; // questions: two minutes
const root = document.documentElement;
const [question, hint] = ["question", "hint"].map((id) => document.getElementById(id));
const own = { code: page.language, dir: root.dir, question: question.textContent, hint: hint.textContent };
let timer;

export function attract(on) {
  if (on === root.hasAttribute("data-attract")) return;
  root.toggleAttribute("data-attract", on);
  clearInterval(timer);
  if (on) timer = rotate();
  else ask(own, 0);
}

function rotate() {
  const asked = page.questions ?? [own];
  let turn = 0;
  return setInterval(() => {
    turn += 1;
    ask(asked[turn % asked.length], turn);
  }, EVERY_MS);
}

function ask(words, turn) {
  for (const [node, text] of [
    [question, words.question],
    [hint, words.hint],
  ]) {
    Object.assign(node, { textContent: text, lang: words.code, dir: words.dir });
  }
  root.style.setProperty("--shift", String(Math.floor(turn / SHIFT_EVERY) % 2));
}
