import type { MissingJob } from "../../protocol/missing-jobs.ts";

const sent = "2026-11-21T09:12:00.000Z";
/** Jobs of a person that are not in the list, with every reason for it. */
export const missingJobs: MissingJob[] = [
  { title: "Poster for the summer concert.pdf", submittedAt: sent, because: "coming" },
  { title: "Locked.pdf", submittedAt: sent, because: "refused", refusedBecause: "encrypted" },
  {
    title: "Plan of the upper floors.pdf",
    submittedAt: sent,
    because: "other-device",
    places: "Plotter in the drawing office",
  },
  { title: "Yesterday.pdf", submittedAt: sent, because: "expired", endedAt: sent },
];
