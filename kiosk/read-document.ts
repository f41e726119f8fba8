import type { CannotDo } from "../protocol/handling.ts";
import type { CannotAt, DeviceProblem, DeviceView, DocumentView } from "../protocol/kiosk.ts";
import type { NumberUp, PartlyPrinted } from "../protocol/particulars.ts";
import type { Settable } from "../protocol/print-settings.ts";
import type { PriceRule } from "../protocol/site.ts";
import { list, oneOf, shape } from "./check.ts";
import { count, moment, money, slug, uuid, words } from "./read-words.ts";

export const problem = oneOf<DeviceProblem>(
  "paper-jam",
  "out-of-paper",
  "out-of-toner",
  "door-open",
  "output-full",
  "paused",
  "needs-attention",
  "unreachable",
  "key-changed",
);

export const cannot = list(
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

export const device = shape<DeviceView>(
  { id: slug, name: words, state: oneOf("ready", "busy", "blocked"), problems: list(problem, 8) },
  {
    prices: shape<PriceRule>({ grey: money, colour: money, twoSidedSheetDiscount: money }, {}),
    greyOnly: (value): value is true => value === true,
    settable,
  },
);

export const document = shape<DocumentView>(
  {
    jobId: uuid,
    title: words,
    submittedAt: moment,
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
    cannotAt: list(shape<CannotAt>({ device: slug, cannot }, {}), 32),
    refusedBecause: slug,
    maybePrinted: (value): value is true => value === true,
  },
);
