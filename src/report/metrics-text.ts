/**
 * Samples in Prometheus' text format, version 0.0.4 (the only one that the textfile collector reads), or in OpenMetrics 1.0.
 * https://prometheus.io/docs/instrumenting/exposition_formats/, https://prometheus.io/docs/specs/om/open_metrics_spec/
 */

export interface Sample {
  /** What a histogram's sample has behind the family's name. */
  readonly suffix?: "_bucket" | "_sum" | "_count";
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

export interface Family {
  readonly name: string;
  readonly help: string;
  /** The name of a counter ends in `_total`. */
  readonly type: "gauge" | "counter" | "histogram";
  readonly samples: readonly Sample[];
}

/** Two samples with equal labels would make the collector refuse the whole file: the first one counts. */
export function family(name: string, help: string, samples: readonly Sample[], type: Family["type"] = "gauge"): Family {
  const seen = new Map(samples.toReversed().map((sample) => [seriesText(sample), sample]));
  return { name, help, type, samples: [...seen.values()].reverse() };
}

/** Empty for a family without samples. */
export function sampleText({ name, help, type, samples }: Family, openMetrics = false): string {
  if (samples.length === 0) return "";
  // OpenMetrics names the counter without the suffix that its samples have.
  const declared = openMetrics && type === "counter" ? name.replace(/_total$/, "") : name;
  const text = help.replaceAll("\\", "\\\\").replaceAll("\n", "\\n");
  const head = [`# HELP ${declared} ${text}`, `# TYPE ${declared} ${type}`];
  const lines = samples.map((sample) => `${name}${seriesText(sample)} ${number(sample.value)}`);
  return `${[...head, ...lines].join("\n")}\n`;
}

/** As long as a name of PostgreSQL, several times over; what is longer is cut. */
const LONGEST_LABEL = 200;

function seriesText({ suffix, labels }: Sample): string {
  return `${suffix ?? ""}${labelText(labels)}`;
}

function labelText(labels: Sample["labels"]): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escapeLabel(value)}"`);
  return pairs.length === 0 ? "" : `{${pairs.join(",")}}`;
}

/** The format wants UTF-8 and escapes for these three; every other character may stand as it is. */
function escapeLabel(value: string): string {
  const cut = value.slice(0, LONGEST_LABEL).replace(/\p{Surrogate}/gu, "\ufffd");
  return cut.replaceAll("\\", "\\\\").replaceAll("\n", "\\n").replaceAll('"', '\\"');
}

function number(value: number): string {
  if (Number.isNaN(value)) return "NaN";
  return Number.isFinite(value) ? String(value) : value > 0 ? "+Inf" : "-Inf";
}
