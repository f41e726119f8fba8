import type { CannotDo } from "../protocol/handling.ts";
import type { DeviceView, DocumentView, ReleaseView, SessionView } from "../protocol/kiosk.ts";
import type { CodeView } from "../protocol/unclaimed.ts";

/** A document that is counted and waits to be printed. */
export type ReadyDocument = DocumentView & { counted: NonNullable<DocumentView["counted"]> };

/** What keeps the person from printing, if anything. */
export type Hindrance = "nothing-chosen" | "not-enough-credit" | "device-blocked";

/** Whether the document can be printed now. */
export function isReady(document: DocumentView): document is ReadyDocument {
  return document.state === "ready" && document.counted !== undefined;
}

/** Whether the person can choose the document: to print it, or a refused one to delete it. */
export function canBeChosen(document: DocumentView): boolean {
  return isReady(document) || document.state === "refused";
}

/** What becomes of a document at the device in use. */
export interface Here {
  /** What of it cannot be done. */
  cannot: readonly CannotDo[];
  /** The terminal's devices that can do what this one cannot, by name. */
  elsewhere: readonly string[];
  /** It was sent in colour, and the device has none. */
  turnsGrey: boolean;
}

/** What becomes of the document at `device`, one of `devices`. */
export function hereOf(
  { cannotAt = [], counted }: DocumentView,
  device: DeviceView | undefined,
  devices: readonly DeviceView[],
): Here {
  const cannot = cannotAt.find((at) => at.device === device?.id)?.cannot ?? [];
  const able = devices.filter(({ id, state }) => {
    return state !== "blocked" && cannotAt.every((at) => at.device !== id);
  });
  return {
    cannot,
    elsewhere: cannot.length === 0 ? [] : able.map(({ name }) => name),
    turnsGrey:
      device?.greyOnly === true && counted?.colourMode === "colour" && counted.colourPages > 0,
  };
}

/** Whether a code is looked for: the bridge says so, or has not said anything of the last press yet. */
export function isCodeAsked(code: CodeView, lastPress: string | undefined): boolean {
  return code.state === "asking" || (lastPress !== undefined && code.pressId !== lastPress);
}

/** What all of the documents cost together, in ten-thousandths. */
export function priceOf(documents: readonly ReadyDocument[]): number {
  return documents.reduce((sum, document) => sum + document.counted.price, 0);
}

/** The device that prints: the chosen one while it exists, else the first that is not blocked. */
export function deviceInUse(
  devices: readonly DeviceView[],
  chosen: string | undefined,
): DeviceView | undefined {
  return (
    devices.find((device) => device.id === chosen) ??
    devices.find((device) => device.state !== "blocked") ??
    devices[0]
  );
}

/** Whether the price is more than this person can spend. Whoever is not restricted may go below zero. */
export function isTooMuch(session: SessionView, price: number): boolean {
  return session.restricted !== false && price > session.available;
}

/** Why these documents cannot be printed at this device now; `undefined` where they can. */
export function hindranceOf(options: {
  documents: readonly ReadyDocument[];
  session: SessionView;
  device: DeviceView | undefined;
}): Hindrance | undefined {
  if (options.documents.length === 0) return "nothing-chosen";
  if (options.device === undefined || options.device.state === "blocked") return "device-blocked";
  if (isTooMuch(options.session, priceOf(options.documents))) return "not-enough-credit";
  return undefined;
}

/** The releases that are under way. */
export function activeReleases(session: SessionView): ReleaseView[] {
  return session.releases.filter((release) => release.phase !== "ended");
}

/** Sides that the release is to print: as its document was counted, until the release itself knows. */
export function wantedOf(session: SessionView, release: ReleaseView): number {
  if (release.wanted > 0) return release.wanted;
  const document = session.documents.find((one) => one.jobId === release.jobId);
  return document?.counted?.impressions ?? 0;
}

/** The releases that ended and whose outcome the person has not put away yet. */
export function newlyEnded(session: SessionView, seen: ReadonlySet<string>): ReleaseView[] {
  return session.releases.filter(
    (release) => release.phase === "ended" && !seen.has(release.releaseId),
  );
}
