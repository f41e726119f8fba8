import { describe, expect, it } from "vitest";
import { deviceInUse, hindranceOf, isReady, priceOf, wantedOf } from "./session-view.ts";
import { copier, counted, document, release, session, upstairs } from "./test/views.ts";

const jammed = { ...copier, state: "blocked" as const };
const ready = [document("a1", { counted: counted({ price: 700 }) })].filter(isReady);

describe("what keeps a person from printing", () => {
  const rich = session({ available: 700 });
  const poor = session({ available: 699 });
  it("is nothing when the credit is just enough", () => {
    expect(hindranceOf({ documents: ready, session: rich, device: copier })).toBeUndefined();
  });
  it("is the credit, where it is a limit", () => {
    expect(hindranceOf({ documents: ready, session: poor, device: copier })).toBe(
      "not-enough-credit",
    );
    const trusted = { ...poor, restricted: false };
    expect(hindranceOf({ documents: ready, session: trusted, device: copier })).toBeUndefined();
  });
  it("is the device before the credit, because it can be seen from here", () => {
    expect(hindranceOf({ documents: ready, session: poor, device: jammed })).toBe("device-blocked");
    expect(hindranceOf({ documents: ready, session: poor, device: undefined })).toBe(
      "device-blocked",
    );
  });
  it("is that nothing is chosen", () => {
    expect(hindranceOf({ documents: [], session: rich, device: copier })).toBe("nothing-chosen");
  });
});

describe("the device", () => {
  it("is the chosen one, else the first that can print, else the first", () => {
    expect(deviceInUse([copier, upstairs], "upstairs")).toBe(upstairs);
    expect(deviceInUse([jammed, upstairs], "gone")).toBe(upstairs);
    expect(deviceInUse([jammed], undefined)).toBe(jammed);
    expect(deviceInUse([], undefined)).toBeUndefined();
  });
});

it("a document that is not counted yet cannot be printed, whatever its state says", () => {
  const { counted: _, ...uncounted } = document("a1");
  expect(isReady(uncounted)).toBe(false);
  expect(priceOf(ready)).toBe(700);
});

it("a release that waits wants as many pages as its document has", () => {
  const waiting = release("a1", { wanted: 0 });
  expect(wantedOf(session(), waiting)).toBe(12);
  expect(wantedOf(session({ documents: [] }), waiting)).toBe(0);
  expect(wantedOf(session(), release("a1", { wanted: 5 }))).toBe(5);
});
