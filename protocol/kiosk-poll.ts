import { type Static, Type } from "typebox";
import { Count, Uuid } from "./ids.ts";
import { ToBridge, ToKiosk } from "./kiosk.ts";

/** Where no WebSocket can be had, the same messages go over `POST <page>` followed by this. */
export const POLL_PATH = "/poll";

/**
 * One question of a screen without a WebSocket. The answer (`PollReply`) comes as soon as there is
 * something to say, and within half a minute; a newer question takes the place of the one that waits.
 * 410 means that the bridge ended the link: the screen makes a new id and says hello again.
 */
export const Poll = Type.Object(
  {
    /** Made by the screen when it opens the link. */
    screen: Uuid,
    /** Number of the last message that it has. */
    seen: Count,
    messages: Type.Array(ToBridge, { maxItems: 20 }),
  },
  { additionalProperties: false },
);
export type Poll = Static<typeof Poll>;

/** `messages` follow those that were seen; the last one has the number `upTo`. */
export const PollReply = Type.Object(
  { upTo: Count, messages: Type.Array(ToKiosk) },
  { additionalProperties: false },
);
export type PollReply = Static<typeof PollReply>;
