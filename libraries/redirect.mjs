import { registerHooks } from "node:module";
import { fileOf, folder, packed } from "./packed.mjs";

// Loaded before a role (see `node-flags.mjs`): whoever imports a packed library is given its packed form.

const urls = new Map(packed.map((name) => [name, new URL(`${fileOf(name)}.js`, folder).href]));

registerHooks({
  resolve(specifier, context, next) {
    const url = urls.get(specifier);
    return url === undefined
      ? next(specifier, context)
      : { url, format: "module", shortCircuit: true };
  },
});
