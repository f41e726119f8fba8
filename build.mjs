// `npm run build`: what a start would build first, for a machine whose services may write nothing here.
import { buildKiosk, packLibraries } from "./setup.mjs";

packLibraries();
buildKiosk();
