/**
 * Libraries of dozens or hundreds of small modules, which every role loads. Node keeps some 30 kB for
 * each module for as long as the process runs, so that typebox alone takes 30 MB in each of four roles;
 * packed into one file it takes 3. `vite.config.ts` packs them when the project is set up, and
 * `redirect.mjs` has a role take the packed ones.
 */
export const packed = ["fastify", "typebox", "typebox/compile", "typebox/value", "ws", "yaml"];

/** Where they are packed to; what is installed anew takes the packed ones away with it. */
export const folder = new URL("../node_modules/.packed/", import.meta.url);

/** The name of a library's file, without its extension. */
export const fileOf = (name) => name.replaceAll("/", "-");
