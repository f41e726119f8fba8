/** Flags of the runtime for one role. */
export function nodeFlags(role: string): string[];
