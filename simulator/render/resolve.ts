import type { PdfObject, PdfObjects } from "./pdf-objects.ts";
import type { PdfValue } from "./pdf-syntax.ts";

/** What a reference stands for, and its stream if it has one; the value itself where it is none. */
export function resolveObject(found: PdfObjects, value: PdfValue | undefined): PdfObject {
  let at: PdfObject = { value: value ?? null };
  for (let hops = 0; hops < 16; hops += 1) {
    const { value: here } = at;
    if (typeof here !== "object" || here?.kind !== "reference") return at;
    at = found.objects.get(here.to) ?? { value: null };
  }
  return { value: null };
}

/** The same, without the stream. */
export function resolve(found: PdfObjects, value: PdfValue | undefined): PdfValue {
  return resolveObject(found, value).value;
}
