// The keys under the ticket: one wide black one that is always the right next thing, and a few quiet verbs.
// Every button names its key, and keys.js presses whatever button shows that key: the two can not disagree.
import { el, keyed, t } from "../page.js";
import { $, setAttribute, setIcon, write } from "./dom.js";
import { isNoShowLikely } from "./line.js";

const VERBS = {
  find: { act: "find", icon: "search", key: "/" },
  note: { act: "note", icon: "pencil-line", key: "o" },
  hold: { act: "hold", icon: "pause", key: "h" },
  transfer: { act: "transfer", icon: "arrow-left-right", key: "t" },
  miss: { act: "miss", icon: "user-x", key: "n" },
  start: { act: "start", icon: "user-check", key: "s" },
  complete: { act: "complete", icon: "check", key: "c" },
};

const BARS = {
  free: (scene) => ({ main: [callNext(scene)], quiet: ["find"] }),
  empty: () => ({ main: [{ act: "wait", text: t("do_wait"), isOff: true }], quiet: ["find"] }),
  paused: (scene) => ({ main: [openCounter(scene)], quiet: ["find"] }),
  closed: (scene) => ({ main: [openCounter(scene)], quiet: ["find"] }),
  elsewhere: () => ({ main: [{ act: "open", text: t("do_here") }], quiet: [] }),
  calling: (scene) => ({
    main: answerCall(scene),
    quiet: [recall(scene), "transfer", "hold", "note", "find"],
  }),
  serving: (scene) => ({ main: finish(scene), quiet: ["transfer", "hold", "note", "find"] }),
};

function callNext({ line, isLocked }) {
  if (isLocked) return { act: "call-next", text: t("do_locked"), isOff: true };
  return { act: "call-next", text: t("do_call-next", { number: line[0].number }) };
}

function openCounter({ counter }) {
  return { act: "open", text: t("do_open", { counter: counter.name }) };
}

/** They come, or they do not: what is likely gets the big key, the other stays beside it. */
function answerCall({ open, settings, now }) {
  const start = { ...VERBS.start, text: t("do_start") };
  if (!isNoShowLikely(open, settings, now)) return [{ ...start, icon: null, key: null }, VERBS.miss];
  return [{ act: "miss", key: "n", text: t("do_miss_suggested", { number: open.number }) }, start];
}

function finish({ line, isLocked }) {
  if (line.length === 0 || isLocked) return [{ act: "complete", key: "c", text: t("do_complete") }];
  const next = { act: "complete-next", text: t("do_complete_next", { number: line[0].number }) };
  return [next, { ...VERBS.complete, text: t("do_complete_only") }];
}

/** Calling again too soon only teaches a hall to ignore calls. */
function recall({ open, now, settings, extras, recalledAt, isLocked }) {
  const verb = { act: "recall", icon: "megaphone", key: "r" };
  if (isLocked) return { ...verb, isOff: true };
  const cooldown_s = settings.recall_cooldown_s;
  const left = cooldown_s - (now - lastCall(open, extras, recalledAt)) / 1000;
  if (left <= 0) return verb;
  return {
    ...verb,
    isOff: true,
    ring: left / cooldown_s,
    text: t("do_recall_in", { seconds: Math.ceil(left) }),
  };
}

function lastCall(open, extras, recalledAt) {
  const recalls = extras.ticketId === open.id ? extras.history.filter((step) => step.act === "recall") : [];
  const moments = [open.called_at, open.recalled_at, ...recalls.map((step) => step.at)];
  return Math.max(recalledAt, ...moments.filter(Boolean).map(Date.parse));
}

export function paintBar(scene) {
  const { main, quiet } = BARS[scene.name](scene);
  const buttons = main.map((button) => ({ ...button, isOff: button.isOff || scene.pending !== null }));
  if (scene.pending) buttons[0] = { ...buttons[0], ...pendingWords(scene.pending), isPending: true };
  keyed($("main-acts"), buttons.map(withPlace), (button) => button.place, makeButton, paintButton);
  keyed($("quiet-acts"), quiet.map(verb), (button) => button.act, makeButton, paintButton);
  paintProblem(scene.problem);
}

// The wide key keeps its node whatever it means, so focus stays on it through a whole day.
function withPlace(button, index) {
  return { ...button, place: index === 0 ? "primary" : "second" };
}

function verb(wanted) {
  return typeof wanted === "string" ? VERBS[wanted] : wanted;
}

function pendingWords({ act, number }) {
  return { text: t(`doing_${act}`, { number }), ring: undefined };
}

function makeButton({ place }) {
  const parts = [el("span", { class: "act-icon" }), el("span", { class: "act-text" }), el("kbd")];
  return el("button", { type: "button", class: place ? `act act--${place}` : "act" }, parts);
}

function paintButton(node, { act, text, icon, key, isOff = false, isPending = false, ring, place }) {
  const [mark, words, cap] = node.children;
  node.dataset.act = act;
  node.dataset.key = place === "primary" ? `enter ${key ?? ""}`.trim() : key;
  if (place === "primary") node.id = "primary";
  setAttribute(node, "aria-disabled", isOff);
  node.toggleAttribute("data-pending", isPending);
  paintRing(mark, ring, isPending);
  setIcon(mark, ring === undefined && !isPending ? icon : null);
  write(words, text ?? t(`do_${act}`));
  write(cap, place === "primary" ? "Enter" : key.toUpperCase());
  cap.hidden = place === "primary" && isOff;
}

function paintRing(mark, ring, isPending) {
  mark.classList.toggle("ring", ring !== undefined);
  mark.classList.toggle("spinner", isPending);
  if (ring !== undefined) mark.style.setProperty("--left", ring.toFixed(3));
}

function paintProblem(problem) {
  $("problem").hidden = !problem;
  write($("problem-text"), problem);
}
