import type { CannotDo } from "../protocol/handling.ts";
import type {
  DeviceProblem,
  DeviceView,
  DocumentView,
  Outcome,
  ReleaseView,
  SessionView,
  TerminalView,
  ToKiosk,
} from "../protocol/kiosk.ts";
import type { SignInProblem, SignInView } from "../protocol/kiosk-sign-in.ts";
import type { NumberUp, PartlyPrinted } from "../protocol/particulars.ts";
import type { Settable } from "../protocol/print-settings.ts";
import type { Appearance, PriceRule } from "../protocol/site.ts";
import {
  type Check,
  either,
  integer,
  list,
  nothing,
  oneOf,
  shape,
  text,
  yesOrNo,
} from "./check.ts";

/*
 * The schemas of protocol/kiosk.ts again, as plain checks: the schema library alone would be larger
 * than the whole screen may be. The types keep the field names the same; a test holds both against
 * each other with made-up and damaged messages.
 */

/** 500 documents and 500 releases with the longest titles stay well below this. */
const longestMessage = 8_000_000;

const uuid = text({
  longest: 36,
  pattern: /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/,
});
const slug = text({ longest: 63, pattern: /^[a-z0-9][a-z0-9-]{0,62}$/ });
const words = text({ longest: 512 });
const language = text({ longest: 35, pattern: /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/ });
const count = integer(0, 2_147_483_647);
const money = integer(Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);

const problem = oneOf<DeviceProblem>(
  "paper-jam",
  "out-of-paper",
  "out-of-toner",
  "door-open",
  "output-full",
  "paused",
  "needs-attention",
  "unreachable",
);

const cannot = list(
  oneOf<CannotDo>(
    "staple",
    "punch",
    "fold",
    "finish",
    "paper-size",
    "paper-type",
    "tray",
    "output-bin",
    "quality",
    "orientation",
    "scaling",
    "two-sided",
    "job-sheet",
    "format",
    "page-ranges",
    "number-up",
    "grey",
  ),
  16,
);

const numberUp = (value: unknown): value is NumberUp =>
  value === 1 || value === 2 || value === 4 || value === 6 || value === 9 || value === 16;

const settable = list(oneOf<Settable>("copies", "sides", "colourMode"), 3);

type OfOneCopy = NonNullable<NonNullable<DocumentView["counted"]>["ofOneCopy"]>;

const device = shape<DeviceView>(
  { id: slug, name: words, state: oneOf("ready", "busy", "blocked"), problems: list(problem, 8) },
  {
    prices: shape<PriceRule>({ grey: money, colour: money, twoSidedSheetDiscount: money }, {}),
    settable,
  },
);

const document = shape<DocumentView>(
  {
    jobId: uuid,
    title: words,
    submittedAt: text({ longest: 32, shortest: 20 }),
    state: oneOf("ready", "analysing", "printing", "uncertain", "refused"),
  },
  {
    counted: shape<NonNullable<DocumentView["counted"]>>(
      {
        pages: count,
        colourPages: count,
        impressions: count,
        sheets: count,
        copies: count,
        sides: oneOf("one-sided", "two-sided-long-edge", "two-sided-short-edge"),
        colourMode: oneOf("colour", "grey"),
        price: money,
      },
      {
        chosenPages: words,
        numberUp,
        ofOneCopy: shape<OfOneCopy>({ impressions: count, inColour: count }, {}),
        settable,
      },
    ),
    partlyPrinted: shape<PartlyPrinted>({ printed: count, wanted: count }, {}),
    cannot,
    refusedBecause: slug,
    maybePrinted: (value): value is true => value === true,
  },
);

type Ended<K extends Outcome["kind"]> = Extract<Outcome, { kind: K }>;

const outcome = either<Outcome>(
  shape<Ended<"printed">>({ kind: oneOf("printed"), impressions: count, charged: money }, {}),
  shape<Ended<"partly-printed">>(
    {
      kind: oneOf("partly-printed"),
      impressions: count,
      wanted: count,
      charged: money,
      givenBack: money,
    },
    { problem },
  ),
  shape<Ended<"not-printed">>(
    {
      kind: oneOf("not-printed"),
      reason: oneOf(
        "not-enough-credit",
        "device-refused",
        "device-unreachable",
        "document-unreachable",
        "server-unreachable",
        "printed-elsewhere",
        "gone",
        "cancelled",
        "prices-changed",
        "stopped",
        "waiting-for-decision",
        "device-cannot",
      ),
    },
    { cannot },
  ),
  shape<Ended<"uncertain">>({ kind: oneOf("uncertain") }, {}),
);

const release = shape<ReleaseView>(
  {
    releaseId: uuid,
    jobId: uuid,
    title: words,
    device: slug,
    phase: oneOf("waiting", "preparing", "sending", "printing", "ended"),
    impressions: count,
    wanted: count,
  },
  { problem, outcome },
);

const session = shape<SessionView>(
  {
    sessionId: uuid,
    displayName: words,
    balance: money,
    available: money,
    documents: list(document, 500),
    releases: list(release, 500),
    logOutInMs: count,
    warning: yesOrNo,
  },
  { language, restricted: yesOrNo },
);

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
