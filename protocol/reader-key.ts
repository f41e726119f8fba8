import { type Static, Type } from "typebox";
import { Sentence, Uuid } from "./ids.ts";

const closed = { additionalProperties: false } as const;

/** A terminal's reader, by its place among them: `lobby/0`. */
export const ReaderId = Type.String({ pattern: "^[a-z0-9][a-z0-9-]{0,62}/[0-9]{1,2}$" });

/** The base key of an OSDP reader's Secure Channel, in hex. */
export const OsdpKey = Type.String({ pattern: "^[0-9A-F]{32}$" });

/** The key of a reader, as its bridge is told. It is sealed wherever it is kept. */
export const ReaderKey = Type.Object(
  {
    reader: ReaderId,
    key: OsdpKey,
    /** While the reader shall be given the key over the one that it was delivered with: once, by this id. */
    install: Type.Optional(Uuid),
  },
  closed,
);
export type ReaderKey = Static<typeof ReaderKey>;

/** What came of giving a reader its key. */
export const InstallOutcome = Type.Union([
  Type.Object({ kind: Type.Literal("installed") }, closed),
  Type.Object({ kind: Type.Literal("failed"), sentence: Sentence }, closed),
]);
export type InstallOutcome = Static<typeof InstallOutcome>;

/** POST /api/bridge/reader-installs: the bridge tells what came of it. Again: no harm. */
export const InstallDone = Type.Object({ install: Uuid, outcome: InstallOutcome }, closed);
export type InstallDone = Static<typeof InstallDone>;

/** POST /api/admin/readers/<terminal>/<place>/key */
export const ReaderKeyChange = Type.Union([
  /** Another key: this one, or with `make` a random one that nobody is shown. */
  Type.Object({ kind: Type.Literal("set"), key: OsdpKey }, closed),
  Type.Object({ kind: Type.Literal("make") }, closed),
  Type.Object({ kind: Type.Literal("forget") }, closed),
  Type.Object({ kind: Type.Literal("install") }, closed),
]);
export type ReaderKeyChange = Static<typeof ReaderKeyChange>;

/** GET /api/admin/reader-keys: which OSDP readers have a key here. Never a key. */
export const ReaderKeysShown = Type.Object(
  {
    readers: Type.Array(
      Type.Object(
        {
          reader: ReaderId,
          hasKey: Type.Boolean(),
          /** Under way, or what came of the last installation since the server started. */
          install: Type.Union([Type.Null(), Type.Literal("under-way"), InstallOutcome]),
        },
        closed,
      ),
    ),
  },
  closed,
);
export type ReaderKeysShown = Static<typeof ReaderKeysShown>;
