/** Numbers that grow, by name, for `/metrics`. */
export interface Metrics {
  add(name: MetricName, amount?: number): void;
  read(): ReadonlyMap<MetricName, number>;
}

const names = {
  guichet_provider_jobs_accepted_total: "Jobs whose document was taken in.",
  guichet_provider_jobs_rejected_total: "Print requests that were answered with an error.",
  guichet_provider_document_bytes_total: "Bytes of documents taken in.",
  guichet_provider_uploads_broken_total: "Uploads that broke off.",
  guichet_provider_jobs_uncountable_total: "Jobs whose document could not be counted.",
  guichet_provider_jobs_expired_total: "Jobs that nobody released in time.",
  guichet_provider_claims_total: "Claims that were given.",
  guichet_provider_claims_refused_total: "Claims that were refused.",
  guichet_provider_jobs_printed_total: "Jobs that were printed.",
  guichet_provider_jobs_given_back_total: "Claims that were given back.",
  guichet_provider_jobs_uncertain_total: "Claims whose end nobody can know.",
  guichet_provider_ipp_requests_total: "IPP requests.",
  guichet_provider_ipp_malformed_total: "IPP requests that were not IPP.",
  guichet_provider_server_failures_total: "Calls to the server that failed.",
} as const;

export type MetricName = keyof typeof names;

export function createMetrics(): Metrics {
  const values = new Map(Object.keys(names).map((name) => [name as MetricName, 0]));
  return {
    add: (name, amount = 1) => {
      values.set(name, (values.get(name) ?? 0) + amount);
    },
    read: () => values,
  };
}

/** The numbers in Prometheus' text form, with gauges given by name, help and value. */
export function renderMetrics(
  metrics: Metrics,
  gauges: readonly {
    name: string;
    help: string;
    values: readonly [labels: string, value: number][];
  }[],
): string {
  const counters = [...metrics.read()].map(([name, value]) =>
    [`# HELP ${name} ${names[name]}`, `# TYPE ${name} counter`, `${name} ${value}`].join("\n"),
  );
  const now = gauges.map(({ name, help, values }) =>
    [
      `# HELP ${name} ${help}`,
      `# TYPE ${name} gauge`,
      ...values.map(([labels, value]) => `${name}${labels} ${value}`),
    ].join("\n"),
  );
  return `${[...counters, ...now].join("\n")}\n`;
}
