// The ticket that was just issued: on the glass, and on paper where the kiosk has a printer.
import { clockTime, page, range, t } from "../page.js";

const node = (name) => document.getElementById(`ticket-${name}`);
const SIZES = Array.from({ length: 13 }, (_, step) => 1 - step / 20);
const PRINT_PATIENCE_MS = 1500; // paper without its code is better than no paper

/** Write it into the page; the promise says when its code has arrived (or will not). */
export function writeTicket(ticket, serviceName, needs) {
  node("number").textContent = ticket.number;
  node("service").textContent = serviceName;
  node("needs").textContent = needs;
  node("needs").hidden = !needs;
  node("wait").textContent = range(ticket.wait);
  node("wait-fact").hidden = !ticket.wait;
  node("ahead").textContent = ticket.ahead ? t.plural("people", ticket.ahead) : t("nobody");
  node("time").textContent = `${date(ticket.created_at)}, ${clockTime(ticket.created_at)}`;
  return loadCode(ticket.qr_svg_url);
}

function date(iso) {
  const { time_zone: timeZone } = page.snapshot.branch;
  return new Intl.DateTimeFormat(page.language, {
    dateStyle: "medium",
    numberingSystem: "latn",
    timeZone,
  }).format(new Date(iso));
}

/** Nothing wraps or spills: a wide number or a long text makes the number smaller, and moves the perforation. */
export function fitPaper() {
  const paper = document.getElementById("ticket");
  const main = paper.firstElementChild;
  const title = node("number").parentElement;
  const spills = () =>
    node("number").scrollWidth > title.clientWidth || paper.scrollHeight > paper.clientHeight;
  for (const size of SIZES) {
    paper.style.setProperty("--size", size);
    paper.style.setProperty("--main", `${main.offsetHeight}px`);
    if (!spills()) return;
  }
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
  for (const name of ["number", "service", "needs", "wait", "ahead", "time"]) node(name).textContent = "";
  node("qr").removeAttribute("src");
}

export async function print(code = Promise.resolve()) {
  if (!page.printer) return;
  await Promise.race([code, new Promise((done) => setTimeout(done, PRINT_PATIENCE_MS))]);
  globalThis.print();
}
