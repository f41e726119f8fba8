import { randomBytes } from "node:crypto";
import { hexOfBits } from "../card-bits.ts";
import type { Driver } from "../driver.ts";
import type { CardRead, Feedback } from "../reader.ts";
import { ReaderTrouble } from "../transport/trouble.ts";
import { bytesOf } from "../transport/wire.ts";
import { nextTickAt, stepPanel } from "./control-panel-machine.ts";
import { type FrameState, noBytes, pushBytes } from "./frame-codec.ts";
import type { Identity, RawCard } from "./message-codec.ts";
import { osdpSettings } from "./osdp-settings.ts";
import { newPanel, type PanelEffect, type PanelEvent, type Trouble } from "./panel-state.ts";
import { randomLength } from "./secure-codec.ts";
import { hasFeedback, showFeedback } from "./show-feedback.ts";

/** An OSDP reader on a serial line of its own. */
export const driver: Driver = {
  open: ({ wire: open, candidate, events, now, settings }) => {
    const wire = bytesOf(open);
    const where = candidate.address;
    let panel = newPanel({ ...osdpSettings(settings, where), now: now() });
    let pending: FrameState = noBytes;
    let timer: NodeJS.Timeout | undefined;
    let stopped = false;
    /** Tells the opener how it went; from then on the owner. */
    let onOnline: ((effect: PanelEffect & { kind: "online" }) => void) | undefined;
    let onTrouble: (trouble: ReaderTrouble) => void = () => undefined;

    function stop(): void {
      stopped = true;
      clearTimeout(timer);
    }

    function trouble(why: ReaderTrouble): void {
      if (stopped) return;
      stop();
      onTrouble(why);
    }

    function apply(event: PanelEvent): void {
      if (stopped) return;
      const step = stepPanel(panel, event, { now: now(), random: randomBytes(randomLength) });
      panel = step.state;
      for (const effect of step.effects) act(effect);
      if (stopped) return;
      clearTimeout(timer);
      timer = setTimeout(() => apply({ kind: "tick" }), Math.max(0, nextTickAt(panel) - now()));
    }

    function act(effect: PanelEffect): void {
      switch (effect.kind) {
        case "send":
          // What came before is no answer to this, and what was begun will not be finished.
          pending = noBytes;
          wire.write(effect.bytes);
          return;
        case "card":
          if (!stopped) events.onCard(cardRead(effect.card));
          return;
        case "online":
          onOnline?.(effect);
          return;
        case "offline":
          trouble(new ReaderTrouble("silent", `No OSDP reader answers at ${where}.`));
          return;
        case "trouble":
          trouble(new ReaderTrouble("forbidden", sentences[effect.trouble](where)));
      }
    }

    return new Promise((resolve, reject) => {
      onTrouble = reject;
      onOnline = ({ identity }) => {
        onOnline = undefined;
        onTrouble = events.onTrouble;
        resolve({
          identity: { driver: "osdp", ...identityOf(identity) },
          capabilities: {
            feedback: hasFeedback(panel.capabilities),
            presence: false,
            tagType: false,
          },
          feedback(feedback: Feedback) {
            apply({ kind: "say", commands: showFeedback(feedback, panel.capabilities) });
          },
          async close() {
            stop();
            await wire.close();
          },
        });
      };
      wire.listen({
        onBytes(bytes) {
          const { state, received } = pushBytes(pending, bytes);
          pending = state;
          for (const one of received) apply({ kind: "received", received: one });
          if (pending.pending.length > 0) apply({ kind: "receiving" });
        },
        onClose: trouble,
      });
      apply({ kind: "tick" });
    });
  },
};

const sentences: Record<Trouble, (where: string) => string> = {
  "no-secure-channel": (where) =>
    `The reader at ${where} knows no Secure Channel, so anybody at its cable could play cards. Say in the configuration that it may send clear text, or take another reader.`,
  "other-key": (where) =>
    `The reader at ${where} does not have this site's OSDP key. Give it the key with \`npx guichet reader-key --install\`, once it was set back as its maker says.`,
  "default-key": (where) =>
    `The reader at ${where} still has the key that it was delivered with, which everybody has. Give it this site's with \`npx guichet reader-key --install\`.`,
  "key-not-taken": (where) =>
    `The reader at ${where} did not take the key that it was given. Set it back as its maker says, and try again.`,
};

const cardRead = ({ bits, bytes }: RawCard): CardRead => ({
  text: hexOfBits(bytes, bits),
  bytes,
  bits,
  medium: "rfid",
});

function identityOf(identity: Identity | undefined) {
  if (identity === undefined) return { model: "OSDP reader" };
  const { vendor, model, version, serial, firmware } = identity;
  return {
    model: `OSDP reader of ${vendor}, model ${model}.${version}`,
    firmware,
    unique: `${vendor}-${serial}`,
  };
}
