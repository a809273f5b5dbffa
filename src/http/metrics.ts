/**
 * What the service tells Prometheus. Read from memory: a scrape never touches PostgreSQL, so every value is as old as the
 * verdict, and the time of that is a metric as well.
 * https://prometheus.io/docs/instrumenting/writing_exporters/, https://prometheus.io/docs/practices/naming/
 */
import type { SmokeResult } from "../model/report.js";
import { type Family, family, healthOf, sampleText, schemaFamilies, smokeFamilies } from "../report/index.js";
import type { Refresher } from "./refresher.js";
import { DURATION_BOUNDS, type RunCounts } from "./run-counts.js";

/** Counts what has been answered; routes are ours and status codes few, so the series are bounded. */
export interface RequestCounts {
  count(route: string, status: number): void;
  readonly samples: readonly { readonly route: string; readonly status: number; readonly count: number }[];
}

export function createRequestCounts(): RequestCounts {
  const counts = new Map<string, Map<number, number>>();
  return {
    count: (route, status) => {
      const of = counts.get(route) ?? new Map<number, number>();
      counts.set(route, of);
      of.set(status, (of.get(status) ?? 0) + 1);
    },
    get samples() {
      return [...counts].flatMap(([route, of]) => [...of].map(([status, count]) => ({ route, status, count })));
    },
  };
}

export interface MetricsOptions {
  readonly refresher: Refresher;
  readonly requests: RequestCounts;
  /** Of schemaready. */
  readonly version: string;
  /** Result of the newest smoke run of this service. */
  readonly smoke?: () => SmokeResult | null;
}

export type MetricsFormat = "text" | "openmetrics";

/** @param named features by their names: for callers with access to details */
export type MetricsPage = (format: MetricsFormat, named: boolean) => string;

export function createMetrics({ refresher, requests, version, smoke = () => null }: MetricsOptions): MetricsPage {
  const startedAt = Date.now() / 1000 - process.uptime();
  return (format, named) => {
    const { report } = refresher.current();
    const run = smoke();
    const families = [
      gauge("schemaready_build_info", "Version of the tool; always 1.", 1, { name: "schemaready", version }),
      ...serviceFamilies(refresher, version),
      ...(report === null ? [] : schemaFamilies(report, named)),
      ...(run === null ? [] : smokeFamilies(run, named)),
      family(
        "schemaready_http_requests_total",
        "Requests that were answered, by route and status code.",
        requests.samples.map(({ route, status, count }) => ({ labels: { route, code: String(status) }, value: count })),
        "counter",
      ),
      ...processFamilies(startedAt),
    ];
    const text = families.map((each) => sampleText(each, format === "openmetrics")).join("");
    return format === "openmetrics" ? `${text}# EOF\n` : text;
  };
}

const STATUSES = ["pass", "warn", "fail"] as const;
const STATES = ["starting", "current", "damped", "late", "expired"] as const;

function serviceFamilies(refresher: Refresher, version: string): Family[] {
  const current = refresher.current();
  const health = healthOf(current, { feature: null, detail: false }, version);
  const counts = refresher.counts();
  const { runs, failures, changes, reached } = counts;
  return [
    gauge("schemaready_up", "1 when the newest verification could ask the database.", reached ? 1 : 0),
    oneOf(
      "schemaready_status",
      "1 for what /schema/health says, 0 for the others.",
      STATUSES,
      "status",
      health?.body.status ?? "fail",
    ),
    oneOf(
      "schemaready_state",
      "1 for how much the verdict can be trusted, 0 for the others.",
      STATES,
      "state",
      current.state,
    ),
    family(
      "schemaready_verdict_age_seconds",
      "How long ago the verification behind the verdict began.",
      current.ageMs === null ? [] : [{ labels: {}, value: current.ageMs / 1000 }],
    ),
    counter("schemaready_verify_runs_total", "Verifications that have ended.", runs),
    counter("schemaready_verify_failures_total", "Verifications that could not look.", failures),
    durations(counts),
    lastSuccess(counts),
    counter("schemaready_verdict_changes_total", "Changes of the verdict.", changes),
  ];
}

/** https://prometheus.io/docs/practices/histograms/ */
function durations({ runs, seconds, within }: RunCounts): Family {
  const bucket = (le: string, value: number) => ({ suffix: "_bucket", labels: { le }, value }) as const;
  return family(
    "schemaready_verify_duration_seconds",
    "How long verifications have taken.",
    [
      ...DURATION_BOUNDS.map((bound, i) => bucket(bound.toString().replace(/^\d+$/, "$&.0"), within[i] ?? 0)),
      bucket("+Inf", runs),
      { suffix: "_sum", labels: {}, value: seconds },
      { suffix: "_count", labels: {}, value: runs },
    ],
    "histogram",
  );
}

/** Without a sample until one has succeeded: 0 would be a time, in 1970. */
function lastSuccess({ succeededAt }: RunCounts): Family {
  return family(
    "schemaready_last_success_timestamp_seconds",
    "When the newest verification that could ask the database began, Unix time.",
    succeededAt === null ? [] : [{ labels: {}, value: Date.parse(succeededAt) / 1000 }],
  );
}

function processFamilies(startedAt: number): Family[] {
  const { user, system } = process.cpuUsage();
  return [
    gauge("process_start_time_seconds", "When the process started, Unix time.", startedAt),
    gauge("process_resident_memory_bytes", "Memory of the process.", process.memoryUsage.rss()),
    counter("process_cpu_seconds_total", "CPU time of the process.", (user + system) / 1e6),
  ];
}

function gauge(name: string, help: string, value: number, labels: Readonly<Record<string, string>> = {}): Family {
  return family(name, help, [{ labels, value }]);
}

function counter(name: string, help: string, value: number): Family {
  return family(name, help, [{ labels: {}, value }], "counter");
}

function oneOf<Name extends string>(
  name: string,
  help: string,
  all: readonly Name[],
  label: string,
  actual: Name,
): Family {
  const samples = all.map((each) => ({ labels: { [label]: each }, value: each === actual ? 1 : 0 }));
  return family(name, help, samples);
}
