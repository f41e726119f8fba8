// `npm run build`, after `npm ci`: what a start would set up first, for a machine where services and their
// administrators may write nothing here.
import { buildKiosk, packLibraries, takeAsInstalled } from "./setup.mjs";

takeAsInstalled();
packLibraries();
buildKiosk();
