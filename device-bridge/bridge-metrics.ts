import type { Release } from "./release/release.ts";

export interface BridgeMetrics {
  count(name: "taps" | "sessions" | "intents" | "reader_floods"): void;
  /** A release came to an end. */
  ended(release: Release): void;
  /** All of it, as Prometheus reads it (text format 0.0.4). */
  text(gauges: Readonly<Record<string, number>>): string;
}

/** What operators watch of a bridge: numbers only, nothing about anybody. */
export function createMetrics(): BridgeMetrics {
  const counts = new Map<string, number>();
  const add = (line: string) => counts.set(line, (counts.get(line) ?? 0) + 1);
  return {
    count: (name) => void add(`guichet_${name}_total`),
    ended({ phase }) {
      if (phase.kind !== "finishing" && phase.kind !== "closed") return;
      const { outcome } = phase;
      const reason = outcome.kind === "not-printed" ? outcome.reason : "";
      add(`guichet_releases_total{outcome="${outcome.kind}",reason="${reason}"}`);
    },
    text(gauges) {
      const lines = Object.entries(gauges).map(([name, value]) => `guichet_${name} ${value}`);
      for (const [line, count] of counts) lines.push(`${line} ${count}`);
      return `${lines.join("\n")}\n`;
    },
  };
}
