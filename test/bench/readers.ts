import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { ReaderConnection, Terminal } from "../../protocol/site.ts";
import { lineReader } from "../../simulator/readers/line-reader.ts";
import { hasPtys, plugIntoPty } from "../../simulator/readers/over-pty.ts";
import { virtualCard } from "../../simulator/readers/virtual-reader.ts";
import { instant } from "./clock.ts";
import type { Measure, Part } from "./measure.ts";
import { memoryOf } from "./process-memory.ts";
import { dialIn, type Reader } from "./reader.ts";
import { percentile, spread } from "./statistics.ts";

const NETWORK_READERS = 1_000;
const SECONDS = 20;
/** Taps of the first seconds warm the code up, and are not counted. */
const WARM_SECONDS = 5;
const SERIAL_READERS = 8;
const SERIAL_TAPS = 840;
const WARM_TAPS = 40;
/** No tap comes in the moment in which a session of an earlier one ends, see `readers-bridge.ts`. */
const BETWEEN_MS = 70;
/**
 * No reader lets two people through within a quarter of a second. The next person comes so long after
 * the last one was answered, so that none is turned away, and a tap that does not arrive was lost.
 */
const NEXT_PERSON_MS = 300;
const LOST_MS = 5_000;
const GOAL_MS = 5;

type Told = { port?: number; tapped?: Record<string, number>; ready?: number; heard?: string };

/** From a badge's bytes at the transport to the question of a session who that is. */
export const readers: Part = {
  title: `badge's bytes to the session's event, one reader and ${NETWORK_READERS}`,
  run: async () => [...(await serial()), ...(await network())],
};

async function serial(): Promise<Measure[]> {
  if (!hasPtys()) return [];
  const bridge = await startBridge();
  const plugged = await Promise.all(
    Array.from({ length: SERIAL_READERS }, () => plugIntoPty((send) => lineReader({ send }))),
  );
  try {
    await bridge.open(
      plugged.map(({ path }): ReaderConnection => ({ kind: "serial", path, driver: "line" })),
    );
    const sent = new Map<string, number>();
    for (let tap = 0; tap < SERIAL_TAPS; tap += 1) {
      const card = cardOf(tap % SERIAL_READERS, tap);
      const heard = bridge.hears(card);
      if (tap >= WARM_TAPS) sent.set(card, instant());
      plugged[tap % SERIAL_READERS]?.reader.hold(virtualCard(card));
      await heard;
      // The same reader's turn comes again only after all others'.
      await pause(BETWEEN_MS);
    }
    return [figure(`serial line, ${SERIAL_READERS} readers`, await bridge.delays(sent))];
  } finally {
    bridge.stop();
    await Promise.all(plugged.map(({ unplug }) => unplug()));
  }
}

async function network(): Promise<Measure[]> {
  const bridge = await startBridge();
  const addresses = Array.from(
    { length: NETWORK_READERS },
    (_, index) => `127.1.${Math.floor(index / 250)}.${(index % 250) + 1}`,
  );
  const before = memoryOf(bridge.pid);
  const port = await bridge.open(
    addresses.map((address): ReaderConnection => ({ kind: "listen", from: [address] })),
    false,
  );
  const dialled: Reader[] = [];
  for (const address of addresses) dialled.push(await dialIn(port, address));
  try {
    await bridge.ready(NETWORK_READERS);
    const sent = new Map<string, number>();
    let waited = 0;
    const from = performance.now();
    for (let tap = 0; tap < SECONDS * NETWORK_READERS; tap += 1) {
      // One by one through the second: people do not come in step.
      const due = from + (tap * 1_000) / NETWORK_READERS;
      const early = due - performance.now();
      if (early > 0) await pause(early);
      const index = tap % NETWORK_READERS;
      const reader = dialled[index];
      const answeredAt = reader?.answeredAt();
      if (
        reader === undefined ||
        answeredAt === undefined ||
        instant() - answeredAt < NEXT_PERSON_MS
      ) {
        waited += 1;
        continue;
      }
      const card = cardOf(index, Math.floor(tap / NETWORK_READERS));
      const at = reader.tap(card);
      if (tap >= WARM_SECONDS * NETWORK_READERS) sent.set(card, at);
    }
    const isAnswered = (reader: Reader) => reader.answeredAt() !== undefined;
    if (!(await within(LOST_MS, () => dialled.every(isAnswered))))
      throw new Error(
        `${dialled.filter((it) => !isAnswered(it)).length} taps were never answered.`,
      );
    const after = memoryOf(bridge.pid);
    const delays = await bridge.delays(sent);
    return [
      figure(
        `${NETWORK_READERS} network readers, a tap a second each`,
        delays,
        `${waited} of ${SECONDS * NETWORK_READERS} left out as the one before was not through`,
      ),
      {
        what: `memory of the bridge with ${NETWORK_READERS} readers`,
        value: after.nowMb,
        unit: "MB",
        note: `${before.nowMb.toFixed(0)} MB without any, ${after.peakMb.toFixed(0)} MB at most`,
      },
    ];
  } finally {
    for (const reader of dialled) reader.close();
    bridge.stop();
  }
}

function figure(what: string, delays: number[], more?: string): Measure {
  const p50 = percentile(delays, 0.5).toFixed(2);
  return {
    what: `${what}, p99`,
    value: percentile(delays, 0.99),
    unit: "ms",
    goal: { of: "value", atMost: GOAL_MS },
    note: [`p50 ${p50} ms, ${spread(delays)}`, more].filter(Boolean).join(", "),
  };
}

async function startBridge() {
  const child = fork(fileURLToPath(new URL("./readers-bridge.ts", import.meta.url)));
  await told(child);
  const collect = () => {
    child.send({ collect: true });
    return told(child);
  };
  async function ready(count: number): Promise<void> {
    const all = await within(30_000, async () => (await collect()).ready === count);
    if (!all) throw new Error("The readers did not become ready.");
  }
  return {
    pid: child.pid,
    ready,
    async open(connections: ReaderConnection[], waits = true): Promise<number> {
      const terminals = connections.map((connection, index): Terminal => {
        const id = `t${index}`;
        return { id, name: id, bridge: "b", devices: ["mfp"], readers: [connection] };
      });
      child.send({ terminals });
      const { port = 0 } = await told(child);
      if (waits) await ready(connections.length);
      return port;
    },
    /** Resolves once a session asked for this card, which is held to a reader next. */
    async hears(card: string): Promise<void> {
      child.send({ until: card });
      const late = setTimeout(() => child.kill(), LOST_MS);
      await told(child).finally(() => clearTimeout(late));
    },
    /** How long each of these cards took. Throws when one of them never arrived. */
    async delays(sent: ReadonlyMap<string, number>): Promise<number[]> {
      const { tapped = {} } = await collect();
      const missing = [...sent.keys()].filter((card) => tapped[card] === undefined);
      if (missing.length > 0) throw new Error(`${missing.length} of ${sent.size} taps got lost.`);
      return [...sent].map(([card, at]) => (tapped[card] ?? at) - at);
    },
    stop: () => child.kill(),
  };
}

async function told(child: ChildProcess): Promise<Told> {
  const over = new AbortController();
  const died = once(child, "exit", { signal: over.signal }).then(() => {
    throw new Error("The bridge ended.");
  });
  died.catch(() => undefined);
  try {
    const [message] = await Promise.race([once(child, "message"), died]);
    return message;
  } finally {
    over.abort();
  }
}

/** No card twice: a reader takes the same one once in two seconds. */
function cardOf(reader: number, tap: number): string {
  return `66${reader.toString(16).padStart(4, "0")}${tap.toString(16).padStart(4, "0")}`.toUpperCase();
}

/** Whether something becomes so within this time; it is looked at ten times a second. */
async function within(ms: number, good: () => boolean | Promise<boolean>): Promise<boolean> {
  for (const until = performance.now() + ms; performance.now() < until; await pause(100))
    if (await good()) return true;
  return false;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
