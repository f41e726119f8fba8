import { UserError } from "./folders.ts";

/** The command was called in a way that it has not: whoever did is shown how it is called. */
export class WrongCall extends UserError {}
