import { monitorEventLoopDelay } from "node:perf_hooks";

/** Upper bounds in seconds of the histogram of request durations. */
const bounds = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5, 30];
const SERIES_AT_MOST = 500;

export type Metrics = {
  /** Counts one event of a kind, for instance a settled release. */
  count: (name: string, labels?: Readonly<Record<string, string>>) => void;
  /** Notes how long a request took; `route` is the pattern, never the address with a name in it. */
  timed: (request: { route: string; method: string; status: number; seconds: number }) => void;
  /** Notes that a bridge or provider was heard of. */
  heard: (subject: string) => void;
  /** All of it in Prometheus' text format, version 0.0.4, with the gauges given. */
  text: (gauges: readonly Gauge[]) => string;
  close: () => void;
};

export type Gauge = { name: string; help: string; value: number };

type Histogram = { buckets: number[]; sum: number; count: number };

/** Makes the counters of one server. `now` is monotonic milliseconds. */
export function createMetrics(now: () => number): Metrics {
  const counts = new Map<string, number>();
  const requests = new Map<string, Histogram>();
  const heardAt = new Map<string, number>();
  const loop = monitorEventLoopDelay({ resolution: 20 });
  loop.enable();
  return {
    count(name, labels = {}) {
      const key = `${name}${written(labels)}`;
      if (counts.size < SERIES_AT_MOST || counts.has(key))
        counts.set(key, (counts.get(key) ?? 0) + 1);
    },
    timed({ route, method, status, seconds }) {
      const labels = { route, method, status: `${Math.floor(status / 100)}xx` };
      const key = written(labels).slice(1, -1);
      const histogram = requests.get(key) ?? { buckets: bounds.map(() => 0), sum: 0, count: 0 };
      if (requests.size < SERIES_AT_MOST || histogram.count > 0) requests.set(key, histogram);
      histogram.buckets = histogram.buckets.map(
        (n, i) => n + (seconds <= (bounds[i] ?? 0) ? 1 : 0),
      );
      histogram.sum += seconds;
      histogram.count += 1;
    },
    heard: (subject) => {
      if (heardAt.size < SERIES_AT_MOST || heardAt.has(subject)) heardAt.set(subject, now());
    },
    text: (gauges) =>
      [
        ...gauges.flatMap(({ name, help, value }) => [
          ...head(name, "gauge", help),
          `${name} ${value}`,
        ]),
        ...countLines(counts),
        ...head(
          "guichet_silence_seconds",
          "gauge",
          "Seconds since a bridge or provider was heard.",
        ),
        ...[...heardAt].map(
          ([subject, at]) =>
            `guichet_silence_seconds${written({ subject })} ${((now() - at) / 1000).toFixed(3)}`,
        ),
        ...head("guichet_event_loop_delay_seconds", "gauge", "Delay of the event loop."),
        `guichet_event_loop_delay_seconds{quantile="0.99"} ${loop.percentile(99) / 1e9}`,
        `guichet_event_loop_delay_seconds{quantile="1"} ${loop.max / 1e9}`,
        ...histogramLines(requests),
        "",
      ].join("\n"),
    close: () => loop.disable(),
  };
}

function head(name: string, type: string, help: string): string[] {
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`];
}

function countLines(counts: ReadonlyMap<string, number>): string[] {
  const lines: string[] = [];
  let family = "";
  for (const [key, count] of [...counts].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const name = key.split("{", 1)[0] ?? key;
    if (name !== family) lines.push(...head(name, "counter", "Since this server started."));
    family = name;
    lines.push(`${key} ${count}`);
  }
  return lines;
}

function histogramLines(requests: ReadonlyMap<string, Histogram>): string[] {
  const name = "guichet_request_seconds";
  return [
    ...head(name, "histogram", "How long requests took."),
    ...[...requests].flatMap(([labels, { buckets, sum, count }]) => [
      ...buckets.map((n, i) => `${name}_bucket{${labels},le="${bounds[i]}"} ${n}`),
      `${name}_bucket{${labels},le="+Inf"} ${count}`,
      `${name}_sum{${labels}} ${sum}`,
      `${name}_count{${labels}} ${count}`,
    ]),
  ];
}

/** Labels as Prometheus writes them, with backslash, quote and line feed escaped. */
function written(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(
    ([name, value]) =>
      `${name}="${value.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n")}"`,
  );
  return pairs.length === 0 ? "" : `{${pairs.join(",")}}`;
}
