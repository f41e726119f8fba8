/** The libraries that are packed, as they are imported. */
export const packed: readonly string[];
/** Where they are packed to. */
export const folder: URL;
/** The name of a library's file, without its extension. */
export function fileOf(name: string): string;
