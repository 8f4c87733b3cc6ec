// A phone on a slow line should not find out module by module what it needs.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const read = (path) => readFileSync(new URL(`../../../${path}`, import.meta.url), "utf8");

/** Every module that `path` brings with it, itself included. */
function closure(path, found = new Set()) {
  if (found.has(path)) return found;
  found.add(path);
  if (path.includes("/vendor/")) return found;
  for (const [, name] of read(path).matchAll(/^(?:import|export)[^;]*? from "(\..*?)"/gms)) {
    closure(new URL(name, `http://hall/${path}`).pathname.slice(1), found);
  }
  return found;
}

test("the page frame announces exactly the modules that live.js needs", () => {
  const base = read("templates/base.html");
  const names = base.match(/for module in \[(.*?)\]/)[1].matchAll(/"(.*?)"/g);
  const announced = [...names].map(([, name]) => `static/js/${name}.js`);
  const vendored = base.match(/"\/(static\/vendor\/.*?)"/)[1];
  assert.deepEqual([...announced, vendored].sort(), [...closure("static/js/live.js")].sort());
});

test("the font that is announced is the one the sheet asks for", () => {
  const font = read("templates/base.html").match(/"\/static\/(fonts\/.*?)"/)[1];
  assert.ok(read("static/css/tokens.css").includes(`"../${font}"`));
});
