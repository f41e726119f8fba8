import type { TerminalView, ToKiosk } from "../protocol/kiosk.ts";
import type { SignInProblem, SignInView } from "../protocol/kiosk-sign-in.ts";
import type { Appearance } from "../protocol/site.ts";
import { type Check, either, list, nothing, oneOf, shape, text, yesOrNo } from "./check.ts";
import { device } from "./read-document.ts";
import { session } from "./read-session.ts";
import { count, language, slug, uuid, words } from "./read-words.ts";

/*
 * The schemas of protocol/kiosk.ts again, as plain checks: the schema library alone would be larger
 * than the whole screen may be. The types keep the field names the same; a test holds both against
 * each other with made-up and damaged messages.
 */

/** 500 documents and 500 releases with the longest titles stay well below this. */
const longestMessage = 8_000_000;

const appearance = shape<Appearance>(
  {
    name: words,
    languages: list(language, 32, 1),
    currency: text({ longest: 3, pattern: /^[A-Z]{3}$/ }),
  },
  {
    logo: words,
    accent: text({ longest: 7, pattern: /^#[0-9a-fA-F]{6}$/ }),
    help: text({ longest: 1024 }),
  },
);

const signIn = shape<SignInView>(
  {
    signInId: uuid,
    step: oneOf("pin", "number", "password", "link", "link-code", "link-password"),
    checking: yesOrNo,
    problem: either(
      nothing,
      oneOf<SignInProblem>(
        "unknown-card",
        "wrong",
        "disabled",
        "badge-blocked",
        "badge-expired",
        "no-pin",
        "not-allowed",
        "account-locked",
        "password-expired",
        "directory-unreachable",
        "busy",
        "cannot-link",
        "slow-down",
        "server-unreachable",
        "try-again",
      ),
    ),
    waitMs: count,
    linkBy: list(oneOf("password", "code"), 2),
  },
  {},
);

const view = shape<TerminalView>(
  {
    terminal: shape<TerminalView["terminal"]>({ id: slug, name: words }, {}),
    appearance,
    server: oneOf("reachable", "unreachable"),
    reader: oneOf("ready", "missing"),
    devices: list(device, 32),
    identifying: yesOrNo,
    refusal: either(
      nothing,
      oneOf(
        "unknown-card",
        "disabled",
        "badge-blocked",
        "badge-expired",
        "changing-card",
        "no-pin",
        "not-allowed",
        "directory-unreachable",
        "server-unreachable",
        "try-again",
      ),
    ),
    session: either(nothing, session),
  },
  {
    signInWays: list(oneOf("card", "card-pin", "number-pin", "name-password"), 4),
    signIn: either(nothing, signIn),
    maskNames: yesOrNo,
    keyboardReader: shape<NonNullable<TerminalView["keyboardReader"]>>(
      {},
      {
        prefix: text({ longest: 16, pattern: /^[ -~]*$/ }),
        suffix: oneOf("enter", "tab", "enter-or-tab", "none"),
        gapMs: count,
      },
    ),
  },
);

type Said<K extends ToKiosk["type"]> = Extract<ToKiosk, { type: K }>;

const message: Check<ToKiosk> = either<ToKiosk>(
  shape<Said<"view">>({ type: oneOf("view"), revision: count, view }, {}),
  shape<Said<"answer">>(
    {
      type: oneOf("answer"),
      id: uuid,
      result: oneOf("accepted", "session-over", "not-possible", "unreachable"),
    },
    {},
  ),
  shape<Said<"reload">>({ type: oneOf("reload") }, {}),
  shape<Said<"pong">>({ type: oneOf("pong") }, {}),
);

/** Says whether a value is what a bridge may say. */
export const isToKiosk = message;

/** Reads one text frame from the bridge; `undefined` where it is not a message that can be understood. */
export function readMessage(frame: unknown): ToKiosk | undefined {
  if (typeof frame !== "string" || frame.length > longestMessage) return undefined;
  try {
    const value: unknown = JSON.parse(frame);
    return message(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
