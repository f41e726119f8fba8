import { decidePresence, nobody } from "../decide-presence.ts";
import type { Driver, OpenDriver, OpenedReader } from "../driver.ts";
import type { Feedback } from "../reader.ts";
import type { FeatureWire } from "../transport/feature-wire.ts";
import { ReaderTrouble, troubleOf } from "../transport/trouble.ts";
import {
  codes,
  isNothing,
  type Light,
  readCard,
  readInfo,
  request,
  withKeystrokes,
  withLight,
} from "./codec.ts";

const pollMs = 150;
const lights: Record<Feedback, Light> = {
  accepted: "green",
  refused: "red",
  busy: "amber",
  offline: "red",
};
const shownMs = 1_500;
/** A reader that hangs is left as it is. */
const letGoMs = 3_000;

/**
 * RF IDeas pcProx and WAVE ID over HID feature reports. It is a keyboard, too: while it is ours it types
 * nothing, and when we let go it does again what it did before. Nothing is written to its EEPROM, so
 * that pulling its plug makes it what it was, whatever became of us.
 */
export const driver: Driver = {
  open({ wire, ...rest }) {
    if (wire.carries !== "features") throw new Error("A pcProx speaks in feature reports only.");
    return openPcprox(wire, rest);
  },
};

async function openPcprox(
  wire: FeatureWire,
  { events, now }: Pick<OpenDriver, "events" | "now">,
): Promise<OpenedReader> {
  const info = readInfo(await ask(wire, codes.info));
  if (info === undefined)
    throw new ReaderTrouble("foreign", `What is at ${wire.address} is no pcProx reader.`);
  const keys = await ask(wire, codes.page0);
  const look = await ask(wire, codes.page2);
  await write(wire, codes.page0, withKeystrokes(keys, false));

  let open = true;
  let timer: NodeJS.Timeout | undefined;
  let unlit: NodeJS.Timeout | undefined;
  let presence = nobody;
  let turn: Promise<unknown> = Promise.resolve();

  /** One conversation after the other: a report that is fetched belongs to the one sent before. */
  function inTurn<T>(talk: () => Promise<T>): Promise<T> {
    const talked = turn.then(talk);
    turn = talked.catch(() => undefined);
    return talked;
  }

  function failed(error: unknown): void {
    if (!open) return;
    open = false;
    clearTimeout(timer);
    clearTimeout(unlit);
    events.onTrouble(troubleOf(error, wire.address));
  }

  async function poll(): Promise<void> {
    const read = await inTurn(() => askForCard(wire));
    if (!open) return;
    const looked = decidePresence(presence, read && `${read.text}/${read.bits}`, now());
    presence = looked.presence;
    if (looked.tell === "card" && read !== undefined) events.onCard(read);
    if (looked.tell === "removed") events.onRemoved();
    pollSoon();
  }

  function pollSoon(): void {
    if (!open) return;
    timer = setTimeout(() => void poll().catch(failed), pollMs);
    timer.unref();
  }

  function show(page2: Uint8Array): void {
    void inTurn(async () => {
      if (open) await write(wire, codes.page2, page2);
    }).catch(failed);
  }

  pollSoon();
  return {
    identity: { driver: "pcprox", model: "RF IDeas pcProx", firmware: info.firmware },
    capabilities: { feedback: true, presence: true, tagType: false },
    feedback(feedback) {
      clearTimeout(unlit);
      show(withLight(look, lights[feedback]));
      // What is being looked up takes as long as it takes; the answer puts another light in its place.
      if (feedback === "busy") return;
      unlit = setTimeout(() => show(look), shownMs);
      unlit.unref();
    },
    async close() {
      const wasOpen = open;
      open = false;
      clearTimeout(timer);
      clearTimeout(unlit);
      if (wasOpen)
        await within(
          letGoMs,
          inTurn(() => restore(wire, { keys, look })),
        );
      await wire.close();
    },
  };
}

async function restore(
  wire: FeatureWire,
  { keys, look }: { readonly keys: Uint8Array; readonly look: Uint8Array },
): Promise<void> {
  await write(wire, codes.page2, look);
  await write(wire, codes.page0, keys);
}

/** The bits are of the card that was asked for last, so the card has to be asked for first. */
async function askForCard(wire: FeatureWire) {
  const card = await ask(wire, codes.card);
  return isNothing(card) ? undefined : readCard(card, await ask(wire, codes.bits));
}

async function ask(wire: FeatureWire, code: number): Promise<Uint8Array> {
  await wire.send(request(code));
  return wire.fetch();
}

/** Until the power goes: the mask of pages to keep for ever is empty. */
async function write(wire: FeatureWire, code: number, page: Uint8Array): Promise<void> {
  await wire.send(request(code));
  await wire.send(page);
  await wire.send(request(codes.finish));
}

async function within(ms: number, talk: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([talk.catch(() => undefined), late]);
  clearTimeout(timer);
}
