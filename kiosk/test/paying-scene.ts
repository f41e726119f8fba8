import { copier, id, upstairs, withSession } from "./views.ts";

/** Somebody who may pay from two shared accounts, and chose one, at a station with two devices. */
export const paying = withSession(
  {
    available: 425_000,
    paying: {
      shared: [
        { account: id("ac"), name: "Science\\Physics", available: 425_000 },
        { account: id("ad"), name: "Students’ union", available: 1_250 },
      ],
      chosen: id("ac"),
    },
  },
  { devices: [copier, upstairs] },
);
