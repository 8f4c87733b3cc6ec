// The two doors that ask for a password: sign-in, and the page that makes the first administrator.
import { el, post, t } from "./page.js";

const form = document.getElementById("door");
const refusal = document.getElementById("refusal");
const button = form.querySelector("button[type=submit]");

/** Only an address of this site: `//elsewhere` would hand a fresh session to a stranger's page. */
function inside(address) {
  const url = new URL(address || "/", location.origin);
  return url.origin === location.origin ? url.pathname + url.search + url.hash : "/";
}

function destination(answer) {
  const wanted = form.dataset.leadsTo;
  return inside(wanted || answer.next);
}

function mark(name, text) {
  const fault = document.getElementById(`${name}-fault`);
  fault.textContent = text ?? "";
  fault.hidden = !text;
  form.elements[name].ariaInvalid = text ? "true" : null;
  describe(form.elements[name]);
}

/** A hint and a fault are both read out, a hidden fault is not. */
function describe(input) {
  const notes = [...input.closest(".field").querySelectorAll("small[id]")].filter((note) => !note.hidden);
  input.setAttribute("aria-describedby", notes.map((note) => note.id).join(" "));
}

function say(text) {
  refusal.textContent = text;
  refusal.hidden = !text;
}

function explain(problem) {
  const faults = problem.errors ?? {};
  for (const name of ["username", "password"]) mark(name, [faults[name]].flat()[0]);
  if (!Object.keys(faults).length) say(sentence(problem));
  const first = form.querySelector("[aria-invalid]") ?? form.elements.password;
  first.focus();
  first.select();
}

function sentence(problem) {
  if (problem.code === "WrongNameOrPassword") return t("wrong");
  return problem.status ? problem.detail : t("no_answer");
}

async function submit(event) {
  event.preventDefault();
  if (button.ariaDisabled === "true") return;
  button.ariaDisabled = "true";
  say("");
  try {
    const answer = await post(form.getAttribute("action"), Object.fromEntries(new FormData(form)));
    location.assign(destination(answer));
  } catch (problem) {
    explain(problem);
  } finally {
    button.ariaDisabled = null;
  }
}

/** One-time passwords are copied from paper: people need to see what they type. */
function revealer(input) {
  const toggle = el("button", { class: "reveal", type: "button" });
  const paint = () => {
    const shown = input.type === "text";
    toggle.textContent = t(shown ? "hide" : "show");
    toggle.setAttribute("aria-label", t(shown ? "hide_password" : "show_password"));
  };
  toggle.addEventListener("click", () => {
    input.type = input.type === "text" ? "password" : "text";
    paint();
  });
  paint();
  return toggle;
}

form.addEventListener("submit", submit);

const password = form.elements.password;
const box = el("div", { class: "with-reveal" });
password.before(box);
box.append(password, revealer(password));
