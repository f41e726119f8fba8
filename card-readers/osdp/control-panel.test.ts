import { describe, expect, it } from "vitest";
import {
  answerFrame,
  holdCard,
  newPeripheral,
  type PeripheralEffect,
  type PeripheralSettings,
} from "../../simulator/readers/osdp/peripheral-machine.ts";
import { nextTickAt, stepPanel } from "./control-panel-machine.ts";
import { noBytes, pushBytes } from "./frame-codec.ts";
import { command, encodeBeeps } from "./message-codec.ts";
import { newPanel, type PanelEffect, type PanelEvent, type Trust } from "./panel-state.ts";
import { publicDefaultKey } from "./secure-codec.ts";

const siteKey = Uint8Array.from(Buffer.from("8f1d2c3b4a59687706f5e4d3c2b1a0ff", "hex"));
const otherKey = Uint8Array.from(Buffer.from("00112233445566778899aabbccddee0f", "hex"));
const card = { reader: 0, format: 1, bits: 26, bytes: Uint8Array.of(0xde, 0xad, 0xbe, 0x80) };

type Told = Exclude<PanelEffect, { kind: "send" }>;

/** A panel and a virtual reader on one line, with a clock that only the test moves. */
function line(options: { trust: Trust; reader?: Partial<PeripheralSettings> }) {
  let now = 1_000;
  let counter = 0;
  const random = () => new Uint8Array(8).fill(++counter);
  let panel = newPanel({ address: 5, trust: options.trust, now });
  let reader = newPeripheral({
    address: 5,
    key: siteKey,
    installing: false,
    simple: false,
    ...options.reader,
  });
  const told: Told[] = [];
  const shown: Exclude<PeripheralEffect, { kind: "send" }>[] = [];
  const wire: Uint8Array[] = [];
  /** What the line does to bytes; by default nothing. */
  let toReader = (bytes: Uint8Array): Uint8Array => bytes;
  let toPanel = (bytes: Uint8Array): Uint8Array => bytes;

  function apply(event: PanelEvent): void {
    const step = stepPanel(panel, event, { now, random: random() });
    panel = step.state;
    for (const effect of step.effects) {
      if (effect.kind !== "send") told.push(effect);
      else deliver(effect.bytes);
    }
  }

  function deliver(bytes: Uint8Array): void {
    wire.push(bytes);
    for (const received of pushBytes(noBytes, toReader(bytes)).received) {
      const step = answerFrame(reader, received, random());
      reader = step.state;
      for (const effect of step.effects)
        if (effect.kind !== "send") shown.push(effect);
        else {
          wire.push(effect.bytes);
          const back = toPanel(effect.bytes);
          for (const answer of pushBytes(noBytes, back).received)
            apply({ kind: "received", received: answer });
        }
    }
  }

  return {
    told,
    shown,
    wire,
    apply,
    now: () => now,
    hold: () => {
      reader = holdCard(reader, card);
    },
    restart: (settings: Partial<PeripheralSettings> = {}) => {
      reader = newPeripheral({ ...reader.settings, ...settings });
    },
    cut: (which: "to reader" | "to panel" | "none") => {
      toReader = (bytes) => (which === "to reader" ? new Uint8Array(0) : bytes);
      toPanel = (bytes) => (which === "to panel" ? new Uint8Array(0) : bytes);
    },
    change: (how: (bytes: Uint8Array) => Uint8Array) => {
      toPanel = how;
    },
    run(ms: number) {
      const end = now + ms;
      for (;;) {
        const at = nextTickAt(panel);
        if (at > end) break;
        now = Math.max(now, at);
        apply({ kind: "tick" });
      }
      now = end;
    },
  };
}

const cardsOf = (told: readonly Told[]) => told.filter(({ kind }) => kind === "card");
const key = (bytes: Uint8Array): Trust => ({ kind: "key", key: bytes });

describe("a reader with the site's key", () => {
  it("is online within the first second, secured, and tells cards once", () => {
    const it = line({ trust: key(siteKey) });
    it.run(900);
    expect(it.told).toMatchObject([{ kind: "online", secured: true, identity: { serial: 4242 } }]);
    it.hold();
    it.run(1_000);
    expect(cardsOf(it.told)).toEqual([{ kind: "card", card }]);
  });

  it("is polled every 50 ms, and its card is nowhere on the line in clear text", () => {
    const it = line({ trust: key(siteKey) });
    it.run(900);
    const before = it.wire.length;
    it.hold();
    it.run(1_000);
    expect((it.wire.length - before) / 2).toBe(20);
    const text = it.wire.map((bytes) => Buffer.from(bytes).toString("hex")).join("\n");
    expect(text).not.toContain("deadbe80");
  });

  it("lights and beeps", () => {
    const it = line({ trust: key(siteKey) });
    it.run(900);
    const data = encodeBeeps({ reader: 0, onMs: 100, offMs: 100, times: 2 });
    it.apply({ kind: "say", commands: [{ code: command.buzzer, data }] });
    it.run(100);
    expect(it.shown).toEqual([
      { kind: "beeps", beeps: { reader: 0, onMs: 100, offMs: 100, times: 2 } },
    ]);
  });

  it("comes back by itself after it was restarted", () => {
    const it = line({ trust: key(siteKey) });
    it.run(900);
    it.restart();
    it.run(2_000);
    it.hold();
    it.run(500);
    expect(cardsOf(it.told)).toHaveLength(1);
    expect(it.told.filter(({ kind }) => kind !== "card")).toHaveLength(1);
  });

  it("is offline after eight seconds of silence, and online again when it answers", () => {
    const it = line({ trust: key(siteKey) });
    it.run(900);
    it.cut("to reader");
    it.run(7_500);
    expect(it.told).toHaveLength(1);
    it.run(1_500);
    expect(it.told.map(({ kind }) => kind)).toEqual(["online", "offline"]);
    it.run(60_000);
    it.cut("none");
    it.run(2_000);
    expect(it.told.map(({ kind }) => kind)).toEqual(["online", "offline", "online"]);
  });

  it("is asked again when an answer is lost, and the card in it is told once", () => {
    const it = line({ trust: key(siteKey) });
    it.run(900);
    it.hold();
    it.cut("to panel");
    it.run(100);
    expect(cardsOf(it.told)).toEqual([]);
    it.cut("none");
    it.run(1_000);
    expect(cardsOf(it.told)).toHaveLength(1);
  });
});

describe("no card is taken", () => {
  it("in clear text, when a key is set", () => {
    const it = line({ trust: key(siteKey), reader: { key: undefined, simple: true } });
    it.hold();
    it.run(20_000);
    expect(it.told).toEqual([{ kind: "trouble", trouble: "no-secure-channel" }]);
  });

  it("from a reader with another key, or with none of its own", () => {
    for (const reader of [{ key: otherKey }, { key: undefined, installing: true }]) {
      const it = line({ trust: key(siteKey), reader });
      it.hold();
      it.run(20_000);
      expect(it.told).toEqual([{ kind: "trouble", trouble: "other-key" }]);
    }
  });

  it("from a frame of which a bit was changed on the way", () => {
    const it = line({ trust: key(siteKey) });
    it.run(900);
    it.hold();
    it.change((bytes) => bytes.map((byte, at) => (at === 9 ? byte ^ 1 : byte)));
    it.run(2_000);
    expect(cardsOf(it.told)).toEqual([]);
  });

  it("twice from an answer that somebody recorded and plays again", () => {
    const it = line({ trust: key(siteKey) });
    it.run(900);
    it.hold();
    const recorded: Uint8Array[] = [];
    it.change((bytes) => {
      recorded.push(bytes);
      return bytes;
    });
    it.run(200);
    expect(cardsOf(it.told)).toHaveLength(1);
    it.change(() => recorded[(recorded.length - 1) % 3] ?? new Uint8Array(0));
    it.run(5_000);
    it.change(() => recorded[0] ?? new Uint8Array(0));
    it.run(5_000);
    expect(cardsOf(it.told)).toHaveLength(1);
  });
});

describe("a reader as it was delivered", () => {
  const install: Trust = { kind: "install", key: siteKey };

  it("gets the site's key, and is online with that", () => {
    const it = line({ trust: install, reader: { key: undefined, installing: true } });
    it.run(2_000);
    expect(it.shown).toEqual([{ kind: "key", key: siteKey }]);
    expect(it.told).toMatchObject([{ kind: "online", secured: true }]);
    it.hold();
    it.run(500);
    expect(cardsOf(it.told)).toHaveLength(1);
  });

  it("that has the key already is left alone", () => {
    const it = line({ trust: install });
    it.run(2_000);
    expect(it.shown).toEqual([]);
    expect(it.told).toMatchObject([{ kind: "online", secured: true }]);
  });

  it("is not taken for ours when it has somebody else's key", () => {
    const it = line({ trust: install, reader: { key: otherKey } });
    it.run(20_000);
    expect(it.told).toEqual([{ kind: "trouble", trouble: "other-key" }]);
  });

  it("is never spoken to with the default key outside of an installation", () => {
    const it = line({ trust: key(siteKey), reader: { key: publicDefaultKey, installing: true } });
    it.run(20_000);
    expect(it.told).toEqual([{ kind: "trouble", trouble: "other-key" }]);
  });

  it("works in clear text where the site said so", () => {
    const it = line({ trust: { kind: "clear" }, reader: { key: undefined, simple: true } });
    it.run(900);
    it.hold();
    it.run(200);
    expect(it.told).toMatchObject([{ kind: "online", secured: false }, { kind: "card" }]);
  });
});
