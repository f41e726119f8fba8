/** One printed side of a document, as it will be charged. */
export interface PageFacts {
  colour: boolean;
  /** As a person holds it, in points (1/72 inch). */
  widthPt: number;
  heightPt: number;
}

/** Why a document is not taken. */
export type RefusalReason =
  | "unsupported"
  | "not-only-pdf"
  | "more-behind"
  | "encrypted"
  | "damaged"
  | "no-pages"
  | "too-many-pages"
  | "too-complex"
  | "analysis-failed";

export interface Refused {
  kind: "refused";
  reason: RefusalReason;
  /** For the person who sent the document. */
  sentence: string;
}

/** What the analysis of one document says: its pages in order, or why nobody can say. */
export type DocumentAnalysis =
  | {
      kind: "counted";
      pages: PageFacts[];
      /** How many copies of itself the document asks for, where it asks for more than one. */
      copies?: number;
    }
  | Refused;

const sentences: Readonly<Record<RefusalReason, string>> = {
  unsupported:
    "This kind of document cannot be printed here. Print it from its program, or send a PDF.",
  "not-only-pdf":
    "The document holds commands for the printer beside its pages. Save it again as a PDF and send that.",
  "more-behind":
    "Another document is hidden behind the end of this one. Save it again and send that.",
  encrypted:
    "The document opens with a password only. Save it without the password, and send it again.",
  damaged: "The document is damaged, so its pages cannot be counted. Save it again and send that.",
  "no-pages": "The document has no pages.",
  "too-many-pages": "The document has more pages than can be printed at once. Send it in parts.",
  "too-complex":
    "The document is too complex to be counted. Print it again as a plain PDF, or send it in parts.",
  "analysis-failed":
    "The document could not be read. Save it again as a PDF and send that; if it fails again, ask for help.",
};

/** A refusal with its sentence for the person who sent the document. */
export function refused(reason: RefusalReason): Refused {
  return { kind: "refused", reason, sentence: sentences[reason] };
}
