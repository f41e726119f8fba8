import type { Outcome, ReleaseView, SessionView } from "../protocol/kiosk.ts";
import type { DeletionView, PayingView } from "../protocol/kiosk-ease.ts";
import type { MissingBecause, MissingJob, MissingView } from "../protocol/missing-jobs.ts";
import type { TimeFactor } from "../protocol/preferences.ts";
import type { CodeView } from "../protocol/unclaimed.ts";
import { either, list, oneOf, shape, yesOrNo } from "./check.ts";
import { cannot, document, problem } from "./read-document.ts";
import { count, language, moment, money, slug, uuid, words } from "./read-words.ts";

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
        "person-disabled",
        "device-disabled",
        "account-closed",
        "not-allowed-here",
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

const time = (value: unknown): value is TimeFactor => value === 1 || value === 3 || value === 10;

const missing = shape<MissingView>(
  {
    state: oneOf("asking", "known", "partly"),
    login: words,
    jobs: list(
      shape<MissingJob>(
        {
          title: words,
          submittedAt: moment,
          because: oneOf<MissingBecause>(
            "coming",
            "counting",
            "refused",
            "uncertain",
            "other-device",
            "printed",
            "cancelled",
            "expired",
          ),
        },
        { refusedBecause: slug, places: words, endedAt: moment },
      ),
      50,
    ),
  },
  {},
);

export const session = shape<SessionView>(
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
  {
    language,
    restricted: yesOrNo,
    time,
    contrast: yesOrNo,
    deletion: shape<DeletionView>({ count, undoInMs: count }, {}),
    notDeleted: count,
    missing,
    code: shape<CodeView>(
      {
        state: oneOf("none", "asking", "taken", "wrong", "slow-down", "unreachable"),
        waitMs: count,
      },
      { pressId: uuid, jobId: uuid },
    ),
    paying: shape<PayingView>(
      {
        shared: list(
          shape<PayingView["shared"][number]>({ account: uuid, name: words, available: money }, {}),
          32,
          1,
        ),
      },
      { chosen: uuid },
    ),
  },
);
