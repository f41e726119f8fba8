/** What is known of a card beside its digits. */
export interface UidFacts {
  readonly text: string;
  readonly bits?: number;
  readonly medium: "rfid" | "barcode" | "magstripe" | "wedge";
  /** The kind of chip, in the words of the reader's driver. */
  readonly tagType?: string;
}

/**
 * Whether a card says the same the next time. Cards that shall not be followed tell a new UID at every
 * tap: four bytes that begin with 08 (ISO/IEC 14443-3; NXP AN10927). `random` is certain; `perhaps` is
 * what looks so from a reader that does not tell the kind of chip. Some cards and readers say 80 first
 * for the same, but so do honest ones: `suspect` is for a technician to look at.
 */
export type UidJudgement = "fixed" | "random" | "perhaps" | "suspect";

/** Judges what a reader said, before the pipeline. */
export function judgeUid({ text, bits, medium, tagType }: UidFacts): UidJudgement {
  const said = text.trim();
  if (medium === "barcode" || medium === "magstripe") return "fixed";
  if (!/^[0-9A-Fa-f]{8}$/.test(said) || (bits !== undefined && bits !== 32)) return "fixed";
  const isOfKind = tagType === undefined ? undefined : /14443|mifare/i.test(tagType);
  if (isOfKind === false) return "fixed";
  if (said.startsWith("08")) return isOfKind === true ? "random" : "perhaps";
  return said.startsWith("80") ? "suspect" : "fixed";
}

/** What a technician is told. */
export function uidSentence(judgement: UidJudgement): string | undefined {
  switch (judgement) {
    case "fixed":
      return undefined;
    case "random":
      return "This card tells another number at every tap (a random UID, 08…). It cannot be anybody's badge: read a number that is stored on it, or give out another card.";
    case "perhaps":
      return "This looks like a card that tells another number at every tap (08…). Tap it twice: if the number changes, it cannot be anybody's badge.";
    case "suspect":
      return "Some cards that tell another number at every tap begin with 80. Tap it twice before you give it to anybody.";
  }
}
