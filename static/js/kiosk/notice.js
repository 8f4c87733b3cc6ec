// Why a touch gave no ticket, said where the eyes are, for as long as it takes to read.
import { t } from "../page.js";

const SHOWN_MS = 8000;
const band = document.getElementById("notice");
const words = document.getElementById("notice-text");
let timer;

export function say(text) {
  clearTimeout(timer);
  words.textContent = text;
  band.hidden = false;
  timer = setTimeout(hush, SHOWN_MS);
}

export function hush() {
  clearTimeout(timer);
  band.hidden = true;
}

const SENTENCES = {
  QuotaExhausted: "no_ticket_left",
  NumbersExhausted: "no_ticket_left",
  BranchIsClosed: "branch_closed",
  TooManyTries: "asked_too_often",
};

/** A refusal in this page's language; whatever else happened, touching again is safe. */
export function refused({ code, opens_at: time }, service) {
  if (code === "ServiceIsClosed")
    return t(time ? "service_closed_opens" : "service_closed", { service, time });
  return t(SENTENCES[code] ?? "busy", { service });
}
