import { expect, it } from "vitest";
import { kioskMachine } from "../kiosk.machine.ts";
import { sessionMachine } from "../session.machine.ts";
import { walked, walkInBrowser } from "./walk.ts";
import { walkBetweenPeople } from "./walk-between-people.ts";
import { walkEase } from "./walk-ease.ts";
import { walkSession } from "./walk-session.ts";
import { walkSignIn } from "./walk-sign-in.ts";
import { transitionsOf } from "./walked.ts";

/*
 * Walks every transition of the machines in a real browser, as a person and a bridge would cause it.
 * The page reports each step that its machines take; the last test holds that against all there are.
 */

walkInBrowser();
walkBetweenPeople();
walkSession();
walkEase();
walkSignIn();

it("every transition of the machines was walked", () => {
  const all = [...transitionsOf(kioskMachine), ...transitionsOf(sessionMachine)];
  expect(all.length).toBeGreaterThan(50);
  expect(all.filter((step) => !walked.has(step))).toEqual([]);
});
