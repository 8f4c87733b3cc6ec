// What every page needs: its data, its words, its clock, elements, and one way to ask the server.
// Nothing here paints by itself, and everything but el(), icon() and keyed() runs without a document.

/** What the server rendered into the page: namespace, language, snapshot, token... */
export const page = readJSON("page");

/** Every text the scripts show. A face's own words win over the shared ones. */
export const texts = { ...readJSON("common-texts"), ...readJSON("texts") };

function readJSON(id) {
  const text = globalThis.document?.getElementById(id)?.textContent;
  return text ? JSON.parse(text) : {};
}

// --- Words ---------------------------------------------------------------------------------------------------

/** The text of a key, with {name} filled in from `vars`. */
export function t(key, vars = {}) {
  return fill(texts[key] ?? key, vars);
}

/** The same with a number: picks "key_one", "key_few"... as the page's language counts, and fills {count}. */
t.plural = (key, n, vars = {}) => {
  const form = texts[`${key}_${pluralRules().select(n)}`] ?? texts[`${key}_other`];
  return fill(form ?? key, { count: n, ...vars });
};

function fill(text, vars) {
  return text.replace(/\{(\w+)\}/g, (hole, name) => vars[name] ?? hole);
}

// Formatters are slow to build and used every second.
const formatters = new Map();

function formatter(name, build) {
  if (!formatters.has(name)) formatters.set(name, build(page.language ?? "en"));
  return formatters.get(name);
}

function pluralRules() {
  return formatter("plural", (language) => new Intl.PluralRules(language));
}

// --- Times ---------------------------------------------------------------------------------------------------

let clockOffset; // server time minus performance.now(), in ms

/** The server's time in ms, steady even when the computer's own clock is wrong or is set. */
export function serverNow() {
  return clockOffset === undefined ? Date.now() : performance.now() + clockOffset;
}

/** Learn the server's time. News is late, never early: a later reading is believed at once, an earlier one slowly. */
export function setServerTime(iso) {
  const reading = Date.parse(iso) - performance.now();
  if (Number.isNaN(reading)) return;
  const late = clockOffset === undefined ? 0 : clockOffset - reading;
  clockOffset = late > 0 && late < 60_000 ? clockOffset - late / 10 : reading;
}

/** "09:41" where the branch is, in Western digits everywhere: it must match the clock on the wall and the ticket. */
export function clockTime(when, timeZone = page.snapshot?.branch?.time_zone, { seconds = false } = {}) {
  const options = { hour: "2-digit", minute: "2-digit", hourCycle: "h23", numberingSystem: "latn", timeZone };
  if (seconds) options.second = "2-digit";
  const build = (language) => new Intl.DateTimeFormat(language, options);
  return formatter(`clock ${timeZone} ${seconds}`, build).format(new Date(when));
}

/** "6 min", or "2 h 5 min" from two hours on. Whole minutes only, so it changes once a minute. */
export function minutes(seconds) {
  const whole = Math.max(0, Math.floor(seconds / 60));
  if (whole < 120) return t("minutes", { count: whole });
  return t("hours", { hours: Math.floor(whole / 60), minutes: whole % 60 });
}

/** "0:24", "12:05", "1:02:05". */
export function stopwatch(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  return h ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

function two(n) {
  return String(n).padStart(2, "0");
}

/** "4 s ago", "2 min ago", "1 h ago". */
export function ago(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  if (whole < 60) return t("age_seconds", { count: whole });
  if (whole < 3600) return t("age_minutes", { count: Math.floor(whole / 60) });
  return t("age_hours", { count: Math.floor(whole / 3600) });
}

/** A likely wait in words, rounded outward so that it never promises too much: "8 to 12 min". Nothing when unknown. */
export function range(wait) {
  if (!wait) return "";
  if (wait.high_s <= 60) return t("wait_any_moment");
  const low = roundDown(wait.low_s / 60);
  const high = Math.max(low, roundUp(wait.high_s / 60));
  if (low < 1) return t("wait_under", { high });
  return low === high ? t("wait_about", { high }) : t("wait_range", { low, high });
}

// By the minute up to a quarter of an hour, by five beyond: nobody can wait "22 to 28 min" to the minute.
function roundDown(min) {
  return min < 15 ? Math.floor(min) : Math.floor(min / 5) * 5;
}

function roundUp(min) {
  return min <= 15 ? Math.ceil(min) : Math.ceil(min / 5) * 5;
}

// --- Asking the server ---------------------------------------------------------------------------------------

const PATIENCE_MS = 5000;
const BUSY = new Set([429, 502, 503, 504]);

/** A refusal, or no answer at all (code "NoAnswer", status 0). `code` decides what to do, `title` is fit to
 *  be shown, `facts` fill a page's own sentence. */
export class Problem extends Error {
  constructor({ code = "Unknown", status = 0, title, detail = "", errors = {}, ...facts } = {}) {
    super(title || t("not_now"));
    this.name = "Problem";
    Object.assign(this, { code, status, title: this.message, detail, errors, facts });
    this.retryable = status === 0 || BUSY.has(status);
  }
}

/** A fresh idempotency key. (randomUUID is missing on plain-http pages, and halls have those.) */
export function key() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Do it exactly once: asked again with the same key after silence, the server gives its first answer again. */
export async function post(url, body = {}, options = {}) {
  const headers = { "Content-Type": "application/json", "Idempotency-Key": options.key ?? key() };
  const request = { method: options.method ?? "POST", headers, body: JSON.stringify(body) };
  try {
    return await ask(url, request);
  } catch (problem) {
    if (problem.status !== 0 && problem.status !== 503) throw problem;
    return await ask(url, request);
  }
}

export function get(url) {
  return ask(url, { method: "GET", headers: {} });
}

async function ask(url, request) {
  const bearer = page.token ? { Authorization: `Bearer ${page.token}` } : {};
  const headers = { Accept: "application/json", ...bearer, ...request.headers };
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PATIENCE_MS);
  try {
    const options = {
      cache: "no-store",
      credentials: "same-origin",
      ...request,
      headers,
      signal: stop.signal,
    };
    return await answer(await fetch(url, options).catch(silence));
  } finally {
    clearTimeout(timer);
  }
}

function silence() {
  throw new Problem({ code: "NoAnswer", title: t("no_answer") });
}

async function answer(response) {
  if (response.status === 204) return null;
  const body = await response.json().catch(() => null);
  if (response.ok && body !== null) return body;
  if (response.ok) silence(); // cut off half-way
  throw new Problem({ ...body, status: response.status });
}

// --- Elements ------------------------------------------------------------------------------------------------

/** Build an element: el("button", {class: "button", on: {click}, text: "Call"}, ...children). Text is never HTML. */
export function el(tag, { class: names, text, on = {}, ...attributes } = {}, ...children) {
  const node = document.createElement(tag);
  if (names) node.className = names;
  if (text !== undefined && text !== null) node.textContent = text;
  for (const [name, value] of Object.entries(attributes)) setAttribute(node, name, value);
  for (const [event, handler] of Object.entries(on)) node.addEventListener(event, handler);
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

function setAttribute(node, name, value) {
  if (value === null || value === undefined || value === false) return;
  node.setAttribute(name, value === true ? "" : value);
}

const SVG = "http://www.w3.org/2000/svg";

/** An icon of the sprite, silent for screen readers: say the meaning beside it. */
export function icon(name, names = "") {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", `i ${names}`.trim());
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `${document.documentElement.dataset.icons ?? "/static/icons.svg"}#${name}`);
  svg.append(use);
  return svg;
}

const kept = new WeakMap(); // container -> Map of key -> node

/**
 * Paint a list and keep the node of each item: nothing flickers, focus and animations survive.
 * `make(item)` builds a node, `update(node, item)` writes into it (also right after make). The container is ours alone.
 */
export function keyed(container, items, keyOf, make, update = () => {}) {
  const before = kept.get(container) ?? new Map();
  const after = new Map(items.map((item) => [keyOf(item), item]));
  for (const [id, node] of before) if (!after.has(id)) node.remove();
  for (const [id, item] of after) after.set(id, before.get(id) ?? make(item)) && update(after.get(id), item);
  order(container, after.values());
  kept.set(container, after);
}

// Only nodes out of place are moved: moving one restarts its animations.
function order(container, nodes) {
  let place = container.firstElementChild;
  for (const node of nodes) {
    if (node === place) place = place.nextElementSibling;
    else container.insertBefore(node, place);
  }
}
