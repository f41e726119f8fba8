import { describe, expect, it } from "vitest";
import { plainTicket } from "../ticket/ticket.ts";
import { ippStateOf } from "./ipp-state.ts";
import type { Job } from "./job.ts";

const job: Job = {
  number: 1,
  id: "11111111-1111-4111-8111-111111111111",
  revision: 1,
  queue: "find-me",
  owner: "alice",
  ownerKey: "alice",
  title: "Letter",
  state: "held",
  onHold: false,
  maybePrinted: false,
  ticket: plainTicket,
  fence: 0,
  submittedAt: 1,
  expiresAt: 2,
};

describe("what an IPP client is told of a job", () => {
  it.each([
    ["receiving", "pendingHeld", "job-incoming"],
    ["analysing", "pendingHeld", "job-transforming"],
    ["held", "pendingHeld", "job-held-for-release"],
    ["claimed", "processing", "job-printing"],
    ["uncertain", "processingStopped", "errors-detected"],
    ["printed", "completed", "job-completed-successfully"],
    ["refused", "aborted", "aborted-by-system"],
    ["cancelled", "canceled", "job-canceled-by-user"],
    ["expired", "canceled", "job-canceled-after-timeout"],
  ] as const)("that is %s in a virtual queue: %s, %s", (state, name, reason) => {
    const told = ippStateOf({ ...job, state }, "virtual");
    expect(told.state).toBe(name);
    expect(told.reasons[0]).toBe(reason);
    expect(told.message).toMatch(/^[A-Z].*\.$/);
  });

  it("waits for its printer in a direct queue, unless it is kept back", () => {
    expect(ippStateOf(job, "direct")).toMatchObject({ state: "pending", reasons: ["none"] });
    expect(ippStateOf({ ...job, onHold: true }, "direct")).toMatchObject({
      state: "pendingHeld",
      reasons: ["job-hold-until-specified"],
    });
  });

  it("says how much came out before, and why it was refused", () => {
    const partly = { ...job, partlyPrinted: { printed: 3, wanted: 10 } };
    expect(ippStateOf(partly, "secure").message).toMatch(/^3 of 10 sides/);
    const refused: Job = {
      ...job,
      state: "refused",
      reason: "It is damaged.",
      cause: "document-format-error",
    };
    expect(ippStateOf(refused, "virtual")).toEqual({
      state: "aborted",
      reasons: ["aborted-by-system", "document-format-error"],
      message: "It is damaged.",
    });
  });
});
