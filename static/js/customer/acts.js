// What a visitor may do with the ticket. Nothing here changes the page by itself: the server answers, then it is shown.

import { page, post, serverNow } from "../page.js";
import { rememberTicket } from "./memory.js";
import { refusalWords } from "./refusals.js";

const UNDO_DELAY_MS = 10_000;
const REFUSAL_MS = 8000;

const by = (id) => document.getElementById(id);

/** Do one of the ticket's acts; the answer is the ticket as it is now. */
export const act = (name, body = {}, options = {}) =>
  post(`/api/customer/tickets/${page.token}/${name}`, body, options);

export function wireActs({ me, line, take, show }) {
  const press = (id, deed) => by(id).addEventListener("click", () => doOnce(by(id), deed));
  wireSheets();
  press("ask-time", async () => by("sheet-time").showModal());
  press("ask-leave", async () => by("sheet-leave").showModal());
  press("cannot-come", async () => by("sheet-cannot").showModal());
  press("on-my-way", async () => take(await act("on-my-way")));
  press("rejoin", async () => take(await act("rejoin"), "ticket-returned"));
  press("do-delay", delay);
  press("do-leave", leave);
  press("undo-leave", undoLeave);

  async function delay() {
    by("sheet-time").close();
    const wasCalled = line.store.ticket.status === "called"; // then somebody else is called by now: no way back
    take(await act("delay"));
    const people = line.store.branch.settings.delay_people;
    note({ kind: "delayed", people, until: serverNow() + UNDO_DELAY_MS, undo: wasCalled ? null : undo });
  }

  async function undo() {
    note(null);
    await tried(async () => take(await act("undo")));
  }

  async function leave() {
    by("sheet-leave").close();
    const ticket = await act("leave");
    left(serverNow());
    take(ticket);
  }

  async function undoLeave() {
    const ticket = await act("undo");
    left(null);
    take(ticket);
  }

  function left(at) {
    me.left_at = at;
    rememberTicket(page.token, { left_at: at });
  }

  function note(words) {
    me.note = words;
    show();
  }

  /** One press, one act, however often the finger comes down. */
  async function doOnce(button, deed) {
    if (button.ariaBusy === "true") return;
    button.ariaBusy = "true";
    await tried(deed);
    button.ariaBusy = "false";
  }

  async function tried(deed) {
    try {
      await deed();
    } catch (problem) {
      note({ kind: "refused", words: refusalWords(problem), until: serverNow() + REFUSAL_MS });
    }
  }
}

/** Buttons that only open or close a question; a touch beside it closes it, too. */
function wireSheets() {
  for (const sheet of document.querySelectorAll("dialog")) {
    sheet.addEventListener("click", ({ target }) => {
      const leads = target.closest("[data-open]")?.dataset.open;
      if (target === sheet || target.closest("[data-close], [data-open]")) sheet.close();
      if (leads) by(leads).showModal();
    });
  }
}
