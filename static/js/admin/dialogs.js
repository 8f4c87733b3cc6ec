// Questions that must be answered before anything goes on. The browser's own <dialog> keeps the focus inside.
import { el, icon, t } from "../page.js";

/** Ask and resolve with the value of the pressed choice; Escape is the last choice, which always changes nothing. */
export function ask({ title, body, choices, ready = () => {} }) {
  const heading = el("h2", { id: "dialog-title", text: title });
  const form = el("form", { class: "dialog-form", method: "dialog" }, heading, ...body, row(choices));
  const dialog = el("dialog", { class: "dialog", "aria-labelledby": "dialog-title" }, form);
  document.body.append(dialog);
  dialog.showModal();
  ready(dialog);
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue || choices.at(-1).value);
    });
  });
}

function row(choices) {
  return el("p", { class: "dialog-acts" }, ...choices.map(choiceButton));
}

function choiceButton({ value, label, look = "button--quiet", waits = false, stays = false }) {
  const attributes = { class: `button ${look}`, type: "submit", value, text: label };
  return el("button", { ...attributes, disabled: waits, formnovalidate: stays });
}

const stay = () => ({ value: "stay", label: t("cancel"), stays: true });

/** A plain question before something small goes. */
export async function confirmRemoval(title, text, word = t("delete")) {
  const choices = [{ value: "go", label: word, look: "button--danger" }, stay()];
  return (await ask({ title, body: [el("p", { text })], choices })) === "go";
}

/** Before something that others hang on goes: its name has to be typed. */
export async function confirmByName(title, text, name) {
  const input = el("input", { id: "typed-name", autocomplete: "off", spellcheck: "false" });
  const label = el(
    "label",
    { for: "typed-name" },
    t("type_name"),
    " ",
    el("bdi", { class: "typed", text: name }),
  );
  const body = [el("p", { text }), el("div", { class: "field" }, label, input)];
  const choices = [{ value: "go", label: t("delete"), look: "button--danger", waits: true }, stay()];
  const ready = (dialog) => {
    const go = dialog.querySelector("button[value=go]");
    input.addEventListener("input", () => {
      go.disabled = input.value.trim() !== name;
    });
    input.focus();
  };
  return (await ask({ title, body, choices, ready })) === "go";
}

/** "save", "drop" or "stay": what becomes of what was typed and not saved. */
export function askUnsaved() {
  return ask({
    title: t("unsaved_title"),
    body: [el("p", { text: t("unsaved_text") })],
    choices: [
      { value: "save", label: t("save"), look: "button--primary" },
      { value: "drop", label: t("discard") },
      { value: "stay", label: t("go_on_editing"), stays: true },
    ],
  });
}

/** Something that is shown once and never again: a password, a device's link with its code. */
export function showOnce({ title, text, secret, qr = null }) {
  const field = el("output", { class: "secret", text: secret, tabindex: 0, "aria-label": title });
  const picture = qr && el("img", { class: "secret-qr", src: qr, alt: t("qr_alt"), width: 200, height: 200 });
  return ask({
    title,
    body: [el("p", { text }), picture, el("div", { class: "secret-row" }, field, copyButton(secret))].filter(
      Boolean,
    ),
    choices: [{ value: "done", label: t("noted"), look: "button--primary" }],
  });
}

function copyButton(secret) {
  const button = el("button", { class: "button button--quiet", type: "button" }, icon("copy"), t("copy"));
  button.addEventListener("click", async () => {
    const done = await copy(secret);
    button.replaceChildren(icon(done ? "check" : "copy"), t(done ? "copied" : "copy_by_hand"));
  });
  return button;
}

/** The clipboard is closed to pages without https, and halls have those: mark the text, so that Ctrl+C is enough. */
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    document.getSelection().selectAllChildren(document.querySelector(".secret"));
    return document.execCommand?.("copy") ?? false;
  }
}
