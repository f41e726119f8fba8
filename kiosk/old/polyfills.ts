/**
 * What Chromium 61 lacks and the screen or its libraries use: Array#flat and #flatMap (69),
 * queueMicrotask (71), Object.fromEntries (73), String#replaceAll (85), Object.hasOwn (93). None may
 * use another that came later, however much shorter that would be.
 */
function define(on: object, name: string, value: unknown): void {
  if (!(name in on)) Object.defineProperty(on, name, { value, writable: true, configurable: true });
}

function addAll(to: unknown[], one: unknown, depth: number): void {
  if (Array.isArray(one) && depth > 0) for (const inner of one) addAll(to, inner, depth - 1);
  else to.push(one);
}

define(window, "queueMicrotask", (task: () => void) => {
  Promise.resolve()
    .then(task)
    .catch((error: unknown) =>
      setTimeout(() => {
        throw error;
      }),
    );
});

define(Object, "fromEntries", (entries: Iterable<readonly [PropertyKey, unknown]>) => {
  const made: Record<PropertyKey, unknown> = {};
  for (const [key, value] of entries) made[key] = value;
  return made;
});

define(
  Object,
  "hasOwn",
  (on: object, key: PropertyKey) => Object.getOwnPropertyDescriptor(on, key) !== undefined,
);

define(Array.prototype, "flat", function flat(this: unknown[], depth = 1): unknown[] {
  const all: unknown[] = [];
  addAll(all, this, depth + 1);
  return all;
});

define(
  Array.prototype,
  "flatMap",
  function flatMap(this: unknown[], make: (one: unknown, at: number) => unknown): unknown[] {
    const all: unknown[] = [];
    this.forEach((one, at) => {
      addAll(all, make(one, at), 1);
    });
    return all;
  },
);

define(
  String.prototype,
  "replaceAll",
  function replaceAll(this: string, what: string, by: string): string {
    return this.split(what).join(by);
  },
);
