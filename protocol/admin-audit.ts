import { type Static, Type } from "typebox";
import { Count, LoginName, Moment, Uuid } from "./ids.ts";

const closed = { additionalProperties: false } as const;

export const AuditEntry = Type.Object(
  {
    entry: Count,
    at: Moment,
    who: Type.String({ maxLength: 256 }),
    what: Type.String({ maxLength: 256 }),
    about: Type.Optional(Uuid),
  },
  closed,
);
export type AuditEntry = Static<typeof AuditEntry>;

/** GET /api/admin/audit?login=…&last=…: who read or changed what about whom, the newest first. */
export const AuditQuery = Type.Object(
  {
    login: Type.Optional(LoginName),
    last: Type.Optional(Type.String({ pattern: "^[1-9][0-9]{0,3}$" })),
  },
  closed,
);
export type AuditQuery = Static<typeof AuditQuery>;

export const AuditReply = Type.Object(
  {
    entries: Count,
    /** SHA-256 of the last entry and, by it, of all before. */
    head: Type.String({ pattern: "^[0-9a-f]{64}$" }),
    /** The first entry that was changed, or behind which one is missing. */
    brokenAt: Type.Optional(Count),
    shown: Type.Array(AuditEntry, { maxItems: 9999 }),
  },
  closed,
);
export type AuditReply = Static<typeof AuditReply>;

const Kept = Type.Record(Type.String(), Type.Unknown());

/** GET /api/admin/people/<login>/export: all that the server keeps about a person, but no secrets. */
export const PersonExport = Type.Object(
  {
    person: Kept,
    badges: Type.Array(Kept),
    /** What became of the badges, and when. */
    badgeHistory: Type.Array(Kept),
    accounts: Type.Array(Kept),
    transfers: Type.Array(Kept),
    releases: Type.Array(Kept),
    /** What scripts keep beside it: home folder, second name. */
    more: Type.Array(Kept),
    groups: Type.Array(Kept),
    sharedAccounts: Type.Array(Kept),
    /** What this person may do beyond others. */
    rights: Type.Array(Kept),
    /** Queue addresses of this person's own; the secret in them is kept as a fingerprint only. */
    queueAddresses: Type.Array(Kept),
    /** Releases that somebody was asked to look at. */
    reviews: Type.Array(Kept),
    /** Vouchers that this person used. */
    vouchers: Type.Array(Kept),
    documents: Type.Array(Kept),
    /** Who read or changed what about this person. */
    audit: Type.Array(AuditEntry),
    notHere: Type.Array(Type.String()),
  },
  closed,
);
export type PersonExport = Static<typeof PersonExport>;
