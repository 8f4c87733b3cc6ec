// Opens or closes a service in one click, with a way back: the same switch on the live page and in the list.
import { el, page, t } from "../page.js";
import { change } from "./api.js";
import { say, toast } from "./toast.js";

export function openSwitch(service) {
  const name = service.names?.[page.language] ?? service.name ?? service.letter;
  const word = service.is_open
    ? t("open")
    : service.opens_at
      ? t("opens", { time: service.opens_at })
      : t("closed");
  const attributes = { class: "open-switch", type: "button", role: "switch", "data-part": "switch" };
  const button = el(
    "button",
    { ...attributes, "aria-checked": String(service.is_open), "aria-label": t("name_is_open", { name }) },
    el("span", { class: "open-word num", "aria-hidden": "true", text: word }),
    el("span", { class: "track", "aria-hidden": "true" }),
  );
  button.addEventListener("click", () => flip(button, service, name));
  return button;
}

async function flip(button, service, name) {
  if (button.ariaBusy === "true") return;
  button.ariaBusy = "true";
  try {
    await set(service.id, !service.is_open);
    const back = () => set(service.id, service.is_open).catch(say);
    toast(t(service.is_open ? "was_closed" : "was_opened", { name }), { undo: back });
  } catch (problem) {
    say(problem);
  } finally {
    button.ariaBusy = null;
  }
}

/** Without a version: whoever presses means the switch, not the rest of the service. */
const set = (id, is_open) => change("services", id, { is_open });
