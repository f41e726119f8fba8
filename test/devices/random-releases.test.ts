import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { DeviceProfile } from "../../protocol/device-profile.ts";
import { createDeviceRoom, type DeviceRoom, type Ended } from "./device-room.ts";
import { seeded } from "./seeded.ts";
import { twenty } from "./twenty.ts";

/**
 * Line 5: releases at random over twenty probed devices of different habits, with jams, cancels and
 * power cuts among them. The simulators' trays are the judge: what is charged is what lies there, or a
 * person is asked. Our own engine, executor and IPP client, over real connections.
 */
const soak = process.env.GUICHET_SOAK === "1";
const count = soak ? 200 : 40;
const seed = Number(process.env.GUICHET_SEED ?? 5);

const rooms: DeviceRoom[] = [];
const names = Object.keys(twenty);

beforeAll(async () => {
  const started = await Promise.all(
    Object.values(twenty).map(({ habits }) => createDeviceRoom({ habits })),
  );
  rooms.push(...started);
});
afterAll(() => Promise.all(rooms.map((room) => room.close())));

test(`${count} releases settle to the page or go to a person`, { timeout: 900_000 }, async () => {
  const random = seeded(seed);
  const plans = Array.from({ length: count }, (_, index) => ({
    index,
    room: index % rooms.length,
    ...random.plan(),
  }));
  const ended = (
    await Promise.all(
      rooms.map(async (room, number) => {
        const seen: { readonly name: string; readonly plan: string; readonly ended: Ended }[] = [];
        for (const { room: wanted, ...plan } of plans) {
          if (wanted !== number) continue;
          const one = await room.release(plan, randomUUID());
          seen.push({ name: names[number] ?? "", plan: JSON.stringify(plan), ended: one });
        }
        return seen;
      }),
    )
  ).flat();

  const wrong = ended.flatMap(({ name, plan, ended: one }) => {
    const fault = faultOf(one);
    return fault === undefined ? [] : [`${name}: ${fault} ${plan} ${JSON.stringify(one)}`];
  });
  expect(wrong).toEqual([]);
  const sum = { settled: 0, review: 0, uncertain: 0, void: 0 };
  for (const { ended: one } of ended) sum[one.kind] += 1;
  console.info(`${count} releases (seed ${seed}): ${JSON.stringify(sum)}`);
  expect(sum.settled + sum.void).toBeGreaterThan(count / 2);
});

/** What is wrong with how a release ended, by the paper in the tray. */
function faultOf(one: Ended): string | undefined {
  const { kind, paper, impressions, charged, due, dueByColour } = one;
  switch (kind) {
    case "settled":
      if (impressions !== paper) return `${impressions} sides were settled, ${paper} came out.`;
      // Where the device printed other pages than it was told, its word on their colours is the truer.
      return charged === due || charged === Math.min(due, dueByColour)
        ? undefined
        : `${charged} was charged, ${due} is due.`;
    case "review":
      return impressions > paper || charged > due
        ? `${impressions} sides were charged for review, ${paper} came out.`
        : undefined;
    case "uncertain":
      return impressions > paper
        ? `At least ${impressions} were said, ${paper} came out.`
        : undefined;
    case "void":
      return paper === 0 ? undefined : `Nothing was charged, and ${paper} sides came out.`;
  }
}

test("every device was probed before", () => {
  const counters: DeviceProfile["deviceCounter"][] = rooms.map(
    ({ profile }) => profile.deviceCounter,
  );
  expect(new Set(counters)).toEqual(new Set(["ipp", "snmp", "none"]));
});
