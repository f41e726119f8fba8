import { existsSync } from "node:fs";
import { registerHooks } from "node:module";
import { fileOf, folder, packed } from "./packed.mjs";

// Loaded before a role (see `node-flags.mjs`): whoever imports a packed library is given its packed form.

const urls = new Map(packed.map((name) => [name, new URL(`${fileOf(name)}.js`, folder).href]));

// A checkout where nothing was packed runs too, with the libraries as they come.
if (existsSync(new URL(".stamp", folder)))
  registerHooks({
    resolve(specifier, context, next) {
      const url = urls.get(specifier);
      return url === undefined
        ? next(specifier, context)
        : { url, format: "module", shortCircuit: true };
    },
  });
