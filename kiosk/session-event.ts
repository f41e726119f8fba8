import type { DeviceView, SessionView, ToKiosk } from "../protocol/kiosk.ts";
import type { TimeFactor } from "../protocol/preferences.ts";
import type { PrintSettings } from "../protocol/print-settings.ts";
import type { Sealed } from "./sealed.ts";

/** What moves a session's machine: the bridge's words, and what the person does. */
export type SessionEvent =
  | { type: "view"; session: SessionView; devices: DeviceView[] }
  | Extract<ToKiosk, { type: "answer" }>
  | { type: "choose"; jobId: string }
  | { type: "choose all" }
  | { type: "choose device"; device: string }
  /** Who pays; null is the person's own account. */
  | { type: "choose payer"; account: string | null }
  | { type: "print" }
  | { type: "print all" }
  | { type: "delete" }
  | { type: "undo" }
  | { type: "open settings"; jobId: string }
  | { type: "set"; settings: PrintSettings }
  | { type: "look for missing" }
  | { type: "open wishes" }
  | { type: "open code" }
  | { type: "type code"; code: Sealed }
  | { type: "prefer"; time?: TimeFactor; contrast?: boolean }
  | { type: "back" }
  | { type: "stop" }
  | { type: "continue" }
  | { type: "log out" }
  | { type: "touch" }
  | { type: "stay" };
