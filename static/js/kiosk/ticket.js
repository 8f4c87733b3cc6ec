// The ticket that was just issued: on the glass, and on paper where the kiosk has a printer.
import { clockTime, page, range, t } from "../page.js";

const node = (name) => document.getElementById(`ticket-${name}`);
const PRINT_PATIENCE_MS = 1500; // paper without its code is better than no paper

/** Write it into the page; the promise says when its code has arrived (or will not). */
export function writeTicket(ticket, serviceName) {
  node("number").textContent = ticket.number;
  node("service").textContent = serviceName;
  node("wait").textContent = range(ticket.wait);
  node("wait-fact").hidden = !ticket.wait;
  node("ahead").textContent = ticket.ahead ? t.plural("people", ticket.ahead) : t("nobody");
  node("time").textContent = t("taken_at", { time: clockTime(ticket.created_at) });
  return loadCode(ticket.qr_svg_url);
}

/** A letter may be wide and a number long, but the number never wraps: it shrinks to the paper's width. */
export function fitNumber() {
  const number = node("number");
  number.style.removeProperty("--shrink");
  const room = number.parentElement.clientWidth / number.scrollWidth;
  number.style.setProperty("--shrink", Math.min(1, room).toFixed(3));
}

function loadCode(url) {
  const image = node("qr");
  image.hidden = false;
  return new Promise((done) => {
    image.onload = done;
    image.onerror = () => {
      image.hidden = true;
      done();
    };
    image.src = url;
  });
}

/** What the last person took must not stand here, nor in the printer's preview. */
export function clearTicket() {
  for (const name of ["number", "service", "wait", "ahead", "time"]) node(name).textContent = "";
  node("qr").removeAttribute("src");
}

export async function print(code = Promise.resolve()) {
  if (!page.printer) return;
  await Promise.race([code, new Promise((done) => setTimeout(done, PRINT_PATIENCE_MS))]);
  globalThis.print();
}
