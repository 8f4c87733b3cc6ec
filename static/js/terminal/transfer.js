// Transfer: to another service or to a certain counter, with the wait to expect there and, unless told otherwise, the old place.
import { el, minutes, range, t } from "../page.js";
import { $, write } from "./dom.js";
import { arrivedAt } from "./line.js";
import { openPanel } from "./panels.js";
import { nameOf } from "./words.js";

export function openTransfer(desk, ticket) {
  if (!ticket) return;
  const scene = desk.scene();
  const { number } = ticket;
  const send = (form) => desk.act("transfer", { ticket_id: ticket.id, ...wanted(form) });
  const form = openPanel("transfer", t("transfer_title", { number }), send).querySelector("form");
  fillServices(scene, ticket);
  form.keep.checked = true;
  const wait = minutes((scene.now - Date.parse(arrivedAt(ticket))) / 1000);
  write($("transfer-keep"), t("transfer_keep", { number, wait }));
  form.onchange = ({ target }) => describe(form, scene, target.name === "service");
  form.onkeydown = (event) => pickByLetter(event, form);
  describe(form, scene, true);
  form.querySelector(":checked").focus();
}

function wanted(form) {
  const counter = Number(form.counter.value);
  const target = { service_id: Number(form.service.value), keep_arrival: form.keep.checked };
  return counter ? { ...target, counter_id_to: counter } : target;
}

function fillServices({ services }, ticket) {
  const all = [...services.values()].sort((a, b) => a.position - b.position);
  const likely = all.find((service) => service.id !== ticket.service_id && service.is_open) ?? all[0];
  const make = (service) => choice(service, service.id === ticket.service_id, service === likely);
  $("transfer-services").replaceChildren(...all.map(make));
}

function choice(service, isHere, isChosen) {
  const radio = { type: "radio", name: "service", value: service.id, checked: isChosen };
  const letter = el("b", { class: "letter tk", text: service.letter });
  const name = lines("choice-name", nameOf(service), isHere && t("transfer_here"));
  const wait = lines("choice-wait", expected(service), t.plural("waiting", service.waiting ?? 0));
  const input = el("input", { ...radio, "data-letter": service.letter });
  return el("label", { class: "choice" }, input, letter, name, wait);
}

function lines(names, text, small) {
  return el("span", { class: names }, el("bdi", { text }), small && el("small", { text: small }));
}

function expected({ is_open, wait }) {
  if (!is_open) return t("transfer_closed");
  return range(wait) || t("wait_unknown");
}

/** After another service was chosen: which counters serve it, and what the button will do. */
function describe(form, scene, isNewService) {
  const service = scene.services.get(Number(form.service.value));
  if (isNewService) fillCounters(form.counter, scene, service);
  const chosen = form.counter.selectedOptions[0];
  write($("transfer-do"), t("transfer_do", { where: chosen.value ? chosen.textContent : nameOf(service) }));
}

function fillCounters(select, { counters, counter }, service) {
  const serving = [...counters.values()].filter(
    (other) => other.service_ids.includes(service.id) && other.id !== counter.id,
  );
  const option = ({ id, name, agent }) => {
    const key = agent ? "transfer_counter_who" : "transfer_counter";
    return el("option", { value: id, text: t(key, { counter: name, who: agent?.name }) });
  };
  select.replaceChildren(el("option", { value: "", text: t("transfer_any") }), ...serving.map(option));
}

/** The letter on the ticket is the quickest way to say which service. */
function pickByLetter(event, form) {
  if (event.target.type !== "radio" || event.ctrlKey || event.metaKey || event.altKey) return;
  const radio = form.querySelector(`[data-letter="${CSS.escape(event.key.toUpperCase())}"]`);
  if (!radio) return;
  radio.focus();
  radio.click();
}
