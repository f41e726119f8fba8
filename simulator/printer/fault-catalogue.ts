import Type, { type Static } from "typebox";

const strict = { additionalProperties: false } as const;

/** Which side of a job, counted as they come out, from 1. */
const side = { minimum: 1, maximum: 100_000 } as const;

const nothing = Type.Object({}, strict);

const operation = Type.Optional(
  Type.Union(
    [
      Type.Literal("Print-Job"),
      Type.Literal("Create-Job"),
      Type.Literal("Send-Document"),
      Type.Literal("Cancel-Job"),
      Type.Literal("Get-Job-Attributes"),
    ],
    { description: "only this operation" },
  ),
);

/**
 * Every way in which the device can misbehave: a name for the switch, a sentence for people, and
 * its settings, as a JSON Schema that the page draws and `PUT /faults/<name>` checks.
 */
export const faultCatalogue = {
  jam: {
    title: "Paper jam",
    sentence:
      "Paper jams at a page of a job. The job waits until the jam is cleared, or is aborted.",
    settings: Type.Object(
      {
        page: Type.Integer({ ...side, default: 1, description: "at this page of the job" }),
        outcome: Type.Union([Type.Literal("wait"), Type.Literal("abort")], {
          default: "wait",
          description: "the job then",
        }),
      },
      strict,
    ),
  },
  "paper-out": {
    title: "Out of paper",
    sentence: "The cassette runs empty after some pages. The job goes on when it is filled.",
    settings: Type.Object(
      {
        after: Type.Integer({
          minimum: 0,
          maximum: 100_000,
          default: 0,
          description: "pages still in the cassette",
        }),
      },
      strict,
    ),
  },
  "door-open": {
    title: "Door open",
    sentence:
      "Someone opens the front door, at once or at a page. Nothing prints until it is shut.",
    settings: Type.Object(
      { page: Type.Optional(Type.Integer({ ...side, description: "at this page of the job" })) },
      strict,
    ),
  },
  "toner-low": {
    title: "Toner low",
    sentence: "The device warns that its toner is low. It prints all the same.",
    settings: nothing,
  },
  "power-cut": {
    title: "Power cut",
    sentence:
      "The power goes, at once or at a page. Connections drop, jobs are forgotten, job numbers start again at 1.",
    settings: Type.Object(
      {
        page: Type.Optional(Type.Integer({ ...side, description: "at this page of the job" })),
        seconds: Type.Optional(
          Type.Number({ minimum: 0, maximum: 86_400, description: "back after this many seconds" }),
        ),
      },
      strict,
    ),
  },
  offline: {
    title: "Network cable out",
    sentence: "No connection gets through. Jobs that the device already has go on printing.",
    settings: nothing,
  },
  hang: {
    title: "No answer",
    sentence: "The device takes the connection and never answers.",
    settings: Type.Object({ operation }, strict),
  },
  "connection-dropped": {
    title: "Connection drops",
    sentence:
      "The connection breaks in the middle of a document, or after the request was obeyed and before its answer.",
    settings: Type.Object(
      {
        when: Type.Union([Type.Literal("upload"), Type.Literal("answer")], {
          default: "upload",
          description: "it breaks during the",
        }),
        bytes: Type.Integer({
          minimum: 0,
          maximum: 2_000_000_000,
          default: 1024,
          description: "bytes of the document that still arrive",
        }),
        times: Type.Optional(
          Type.Integer({ minimum: 1, maximum: 1000, description: "only so many times" }),
        ),
        operation,
      },
      strict,
    ),
  },
  busy: {
    title: "Busy",
    sentence: "The device takes one job at a time and answers server-error-busy to any other.",
    settings: Type.Object(
      {
        when: Type.Union([Type.Literal("printing"), Type.Literal("always")], {
          default: "printing",
          description: "busy while",
        }),
      },
      strict,
    ),
  },
  slow: {
    title: "Slow",
    sentence: "The engine slows down, as when it cools or cleans itself.",
    settings: Type.Object(
      {
        pagesPerMinute: Type.Number({
          minimum: 0.1,
          maximum: 100_000,
          default: 2,
          description: "pages a minute",
        }),
      },
      strict,
    ),
  },
  "early-completed": {
    title: "Completed too early",
    sentence: "A job is called completed as soon as its data has arrived, while pages still print.",
    settings: nothing,
  },
  "forgets-jobs": {
    title: "Forgets jobs",
    sentence: "A job that has ended is not found any more, from the same moment.",
    settings: nothing,
  },
  "no-counters": {
    title: "No counters",
    sentence: "The device tells no counts: neither a job's pages nor its own page counter.",
    settings: nothing,
  },
  "no-job-counters": {
    title: "No job counters",
    sentence: "The device tells its own page counter, but no job's pages.",
    settings: nothing,
  },
  "copies-ignored": {
    title: "Copies ignored",
    sentence: "One copy comes out, however many were asked for.",
    settings: Type.Object(
      {
        says: Type.Union([Type.Literal("nothing"), Type.Literal("substituted")], {
          default: "nothing",
          description: "the answer says",
        }),
      },
      strict,
    ),
  },
  "another-key": {
    title: "Another key",
    sentence:
      "The device shows a new key over TLS, as after a new firmware, or as an impostor would.",
    settings: nothing,
  },
  "no-finisher": {
    title: "No finisher",
    sentence: "The finisher was taken off: nothing is stapled or punched, and one bin is left.",
    settings: nothing,
  },
  "reasons-as-warnings": {
    title: "Errors told as warnings",
    sentence:
      "When it stops, the device still says that it is processing, and tells the reason as a warning.",
    settings: nothing,
  },
} as const;

export type FaultName = keyof typeof faultCatalogue;

/** What one fault is set to. */
export type FaultSettings<Name extends FaultName> = Static<
  (typeof faultCatalogue)[Name]["settings"]
>;

/** The faults that are set, each with its settings. */
export type Faults = { readonly [Name in FaultName]?: FaultSettings<Name> };

/** One fault to set: which, and how. */
export type Fault = {
  readonly [Name in FaultName]: { readonly name: Name; readonly settings: FaultSettings<Name> };
}[FaultName];

export const faultNames = Object.keys(faultCatalogue).filter(isFaultName);

/** Whether `name` is a fault of the catalogue. */
export function isFaultName(name: string): name is FaultName {
  return Object.hasOwn(faultCatalogue, name);
}
