// Reading and writing inside nested objects by a dotted path: "ordering.head_starts_s.priority".

export function dig(object, path) {
  return path.split(".").reduce((place, step) => place?.[step], object);
}

export function plant(object, path, value) {
  const steps = path.split(".");
  const last = steps.pop();
  const place = steps.reduce((at, step) => {
    at[step] ??= {};
    return at[step];
  }, object);
  place[last] = value;
}

export function same(a, b) {
  return JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
}

/** The top-level parts of `draft` that differ from `base`: what a PATCH has to carry. */
export function changes(draft, base) {
  return Object.fromEntries(Object.entries(draft).filter(([name, value]) => !same(value, base[name])));
}

/** {"settings.walk_s": "sentence"} from errors nested as deep as the server likes. */
export function flatten(errors, prefix = "") {
  if (typeof errors === "string") return { [prefix]: errors };
  if (Array.isArray(errors)) return errors.length ? flatten(errors[0], prefix) : {};
  const pairs = Object.entries(errors ?? {}).map(([name, inner]) =>
    flatten(inner, prefix && name !== "_schema" ? `${prefix}.${name}` : prefix || name),
  );
  return Object.assign({}, ...pairs);
}
