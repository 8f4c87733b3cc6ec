// The colours are facts: both ways into the dark give the same ones, every pair can be read, and yellow goes when news is old.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const css = readFileSync(new URL("../../css/tokens.css", import.meta.url), "utf8").replace(
  /\/\*.*?\*\//gs,
  "",
);

/** The declarations of the first rule with this selector (after `from`), by name. */
function rule(selector, from = "") {
  const start = css.indexOf(selector, css.indexOf(from));
  assert.notEqual(start, -1, selector);
  const body = css.slice(css.indexOf("{", start) + 1, css.indexOf("}", start));
  return Object.fromEntries(
    body
      .split(";")
      .flatMap((line) => (line.includes(":") ? [line.split(/:(.*)/s, 2).map((part) => part.trim())] : [])),
  );
}

const light = rule(":root");
const dark = { ...light, ...rule('[data-theme="dark"]') };
const frozen = { ...light, ...rule("[data-frozen]") };
const frozenDark = { ...dark, ...rule('[data-theme="dark"][data-frozen]') };

test("a page that follows the system's theme gets the very same dark", () => {
  assert.deepEqual(rule('[data-theme="auto"] {'), rule('[data-theme="dark"] {'));
  assert.deepEqual(rule('[data-theme="auto"][data-frozen]'), rule('[data-theme="dark"][data-frozen]'));
});

function colour(theme, name) {
  const value = theme[name] ?? name;
  return value.startsWith("var(") ? colour(theme, value.slice(4, -1)) : value;
}

function luminance(hex) {
  const full = hex.length === 4 ? hex.replace(/[0-9a-f]/gi, "$&$&") : hex;
  const [r, g, b] = [1, 3, 5].map((at) => linear(Number.parseInt(full.slice(at, at + 2), 16) / 255));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function linear(value) {
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

function contrast(theme, one, other) {
  const [low, high] = [one, other].map((name) => luminance(colour(theme, name))).sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

const everywhere = [
  ["--text", "--surface", 7],
  ["--text", "--page", 7],
  ["--text", "--sunken", 7],
  ["--text-2", "--surface", 4.5],
  ["--text-2", "--page", 4.5],
  ["--text-2", "--sunken", 4.5],
  ["--text-3", "--surface", 4.5],
  ["--text-3", "--page", 4.5],
  ["--control", "--surface", 3],
  ["--link", "--surface", 4.5],
  ["--link", "--page", 4.5],
  ["--focus", "--page", 3],
  ["--on-action", "--action", 7],
  ["--on-signal", "--signal", 7],
  ["--on-signal-2", "--signal", 4.5],
  ["--signal-deep", "--signal-tint", 4.5],
  ["--ok", "--surface", 4.5],
  ["--ok", "--ok-tint", 4.5],
  ["--warn", "--surface", 4.5],
  ["--warn", "--warn-tint", 4.5],
  ["--text", "--warn-tint", 7],
  ["--crit", "--surface", 4.5],
  ["--crit", "--crit-tint", 4.5],
  ["--white", "--crit-fill", 7],
  ["--tide-deep", "--tide-tint", 4.5],
];
const onDark = [
  ["--signal-text", "--page", 7],
  ["--signal-text", "--surface", 7],
  ["--signal-text", "--sunken", 7],
];

for (const [name, theme, pairs] of [
  ["light", light, everywhere],
  ["dark", dark, [...everywhere, ...onDark]],
  ["frozen", frozen, [...everywhere, ["--signal-text", "--surface", 4.5]]],
  ["frozen in the dark", frozenDark, [...everywhere, ...onDark]],
]) {
  test(`every pair can be read: ${name}`, () => {
    for (const [one, other, least] of pairs) {
      const ratio = contrast(theme, one, other);
      assert.ok(ratio >= least, `${one} on ${other}: ${ratio.toFixed(2)} < ${least}`);
    }
  });
}

test("frozen leaves nothing yellow", () => {
  const yellow = /#ffc61a|#fff1c7|#7a5200|#3b3212/i;
  for (const theme of [frozen, frozenDark]) {
    for (const name of Object.keys(theme).filter((name) => name.includes("signal")))
      assert.doesNotMatch(colour(theme, name), yellow, name);
  }
});
