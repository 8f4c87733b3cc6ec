// The doors that ask before anything else: sign-in, the first administrator, the first branch.
import { el, post, t } from "./page.js";

const form = document.getElementById("door");
const refusal = document.getElementById("refusal");
const button = form.querySelector("button[type=submit]");
const inputs = [...form.elements].filter((input) => input.name);

/** Only an address of this site: `//elsewhere` would hand a fresh session to a stranger's page. */
function inside(address) {
  const url = new URL(address || "/", location.origin);
  return url.origin === location.origin ? url.pathname + url.search + url.hash : "/";
}

function mark(input, text) {
  const fault = document.getElementById(`${input.name}-fault`);
  fault.textContent = text ?? "";
  fault.hidden = !text;
  input.ariaInvalid = text ? "true" : null;
  describe(input);
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

/** What can be seen to be missing before anything is sent, in our words and not the browser's. */
function missing() {
  const pairs = inputs.map((input) => [input.name, fault(input)]);
  return Object.fromEntries(pairs.filter(([, text]) => text));
}

function fault({ validity, minLength }) {
  if (validity.valueMissing) return t("needed");
  return validity.tooShort ? t("too_short", { count: minLength }) : "";
}

function blame(faults) {
  for (const input of inputs) mark(input, [faults[input.name]].flat()[0]);
  const first = form.querySelector("[aria-invalid]") ?? inputs.at(-1);
  first.focus();
  first.select?.();
}

function explain(problem) {
  if (!Object.keys(problem.errors).length) say(sentence(problem));
  blame(problem.errors);
}

function sentence(problem) {
  if (problem.code === "WrongNameOrPassword") return t("wrong");
  return problem.status ? problem.detail : t("no_answer");
}

function submit(event) {
  event.preventDefault();
  const faults = missing();
  say("");
  if (Object.keys(faults).length) blame(faults);
  else if (button.ariaDisabled !== "true") send();
}

async function send() {
  button.ariaDisabled = "true";
  try {
    const answer = await post(form.getAttribute("action"), Object.fromEntries(new FormData(form)));
    location.assign(inside(form.dataset.leadsTo || answer.next));
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

form.noValidate = true;
form.addEventListener("submit", submit);

for (const password of form.querySelectorAll("input[type=password]")) {
  const box = el("div", { class: "with-reveal" });
  password.before(box);
  box.append(password, revealer(password));
}
