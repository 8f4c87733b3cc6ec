// Panels are dialogs: the page behind is inert, Esc closes, focus comes back. Here is what they share, and the small ones.
import { el, icon, t } from "../page.js";
import { $, setAttribute, write } from "./dom.js";

export function startPanels() {
  for (const panel of document.querySelectorAll("dialog.panel")) {
    panel.addEventListener("click", ({ target }) => {
      if (target === panel || target.closest("[data-close]")) panel.close();
    });
  }
}

/** Open a panel under a title; `submit(form)` is asked once and the panel is gone before the act is shown as pending. */
export function openPanel(name, title, submit) {
  const panel = $(`${name}-panel`);
  if (title) write($(`${name}-title`), title);
  const form = panel.querySelector("form");
  if (form && submit) form.onsubmit = (event) => leave(event, panel, () => submit(form));
  if (!panel.open) panel.showModal();
  return panel;
}

function leave(event, panel, then) {
  event.preventDefault();
  panel.close();
  then();
}

/** Buttons of a panel, the first one the likely one: it has the focus, so Enter takes it. */
export function fillActs(place, panel, acts) {
  const button = ({ text, icon: name, key, isOff, run }, index) => {
    const press = (event) => !isOff && leave(event, panel, run);
    const names = index === 0 && !isOff ? "button button--primary" : "button";
    const node = el(
      "button",
      { type: "button", class: names, "data-key": key, on: { click: press } },
      icon(name),
      el("span", { text }),
    );
    if (isOff) setAttribute(node, "aria-disabled", true);
    if (key) node.append(el("kbd", { text: key.toUpperCase() }));
    return node;
  };
  place.replaceChildren(...acts.map(button));
  if (panel.open) focusFirst(place);
}

export function focusFirst(place) {
  (place.querySelector("button:not([aria-disabled=true])") ?? place.querySelector("button"))?.focus();
}

// --- Hold, note, and what to do with a ticket before a break -------------------------------------------------

export function openHold(desk) {
  const { open } = desk.scene();
  if (!open) return;
  const hold = (reason) => desk.act("hold", { ticket_id: open.id, ...(reason && { reason }) });
  const panel = openPanel("hold", t("hold_title", { number: open.number }), (form) =>
    hold(form.reason.value.trim()),
  );
  panel.querySelector("form").reset();
  panel.querySelector(".suggestions").onclick = (event) => {
    const { reason } = event.target.dataset;
    if (reason) leave(event, panel, () => hold(reason));
  };
}

export function openNote(desk, ticket) {
  if (!ticket) return;
  const keep = (form) => desk.act("note", { ticket_id: ticket.id, text: form.text.value.trim() });
  const form = openPanel("note", t("note_title", { number: ticket.number }), keep).querySelector("form");
  form.text.value = ticket.note ?? "";
  form.text.onkeydown = (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  };
}

/** A break with somebody still here: they come first. `status` is what follows when their act has succeeded. */
export function openLeave(desk, status, then) {
  const { open } = desk.scene();
  const { number } = open;
  const after = (act) => async () => (await desk.act(act, { ticket_id: open.id })) && then();
  const likely = open.status === "called" ? ["miss", "user-x", "n"] : ["complete", "check", "c"];
  const ways = [likely, ["hold", "pause", "h"]];
  const acts = ways.map(([act, name, key]) => ({
    text: t(`leave_${act}`, { number }),
    icon: name,
    key,
    run: after(act),
  }));
  const panel = openPanel("leave", t(`leave_${status}`, { number }));
  write($("leave-text"), t(`leave_text_${status}`));
  fillActs($("leave-acts"), panel, [...acts, { text: t("leave_stay"), icon: "x", run() {} }]);
}
