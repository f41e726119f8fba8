// `npm run build`, after `npm ci`: what a start would build first, for a machine where services and their
// administrators may write nothing here.
import { buildKiosk, packLibraries } from "./setup.mjs";

packLibraries();
buildKiosk();
