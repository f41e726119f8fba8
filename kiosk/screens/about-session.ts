import type { Appearance } from "../../protocol/site.ts";
import type { SessionEvent } from "../session-event.ts";
import type { SessionContext } from "../session-setup.ts";
import type { Spoken } from "../text/languages.ts";
import type { Words } from "../text/words.ts";

/** What every screen of a session is made from. */
export type AboutSession = {
  words: Words;
  appearance: Appearance;
  context: SessionContext;
  send: (event: SessionEvent) => void;
  /** The screen for codes is there, and may be needed. */
  canTypeCode: boolean;
  onLanguage: (language: Spoken) => void;
  /** Shows names and titles whole; none where they are. */
  onShowNames: (() => void) | undefined;
};
