// The strip above the line: what just happened to this ticket, and how to take it back while that is possible.

import { el, t } from "../page.js";
import { nameOf } from "./words.js";

const place = document.getElementById("note");
let painted = "";

const WORDS = {
  moved: ({ service }) => t("note_moved", { service: nameOf(service) }),
  corrected: () => t("note_corrected"),
  returned: () => t("note_returned"),
  delayed: ({ note }) => t.plural("note_delayed", note.people),
  refused: ({ note }) => note.words,
};

/** Paint me.note = {kind, until?, undo?}; after `until` it is gone. */
export function paintNote(me) {
  const note = me.note && !(me.note.until <= me.now) ? me.note : null;
  place.hidden = !note;
  const words = note ? WORDS[note.kind]({ ...me, note }) : "";
  if (words !== painted) place.replaceChildren(...(note ? parts(words, me) : []));
  painted = words;
  const count = place.querySelector(".count");
  if (count) count.textContent = Math.max(0, Math.ceil((note.until - me.now) / 1000));
}

function parts(words, { note, services }) {
  const before = note.kind === "moved" && services.get(note.before);
  return [
    el(
      "span",
      { class: "note-words" },
      words,
      before && el("small", { text: t("note_before", { service: nameOf(before) }) }),
    ),
    note.undo &&
      el(
        "button",
        { class: "button button--quiet", type: "button", on: { click: note.undo } },
        t("undo"),
        el("span", { class: "count num", "aria-hidden": "true" }),
      ),
  ].filter(Boolean);
}
