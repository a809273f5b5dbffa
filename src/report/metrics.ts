/**
 * Prometheus text (https://prometheus.io/docs/instrumenting/exposition_formats/) for the textfile collector of the node
 * exporter: one file, `schemaready.prom`, that a job writes after each run. No sample has a time of its own, because the
 * collector refuses those. Labels hold names from the check files only, and there is a limit to the series.
 */
import { GAP_CODES, type Report, type SmokeResult, type StepOutcome, type Verdict } from "../model/report.js";
import { type Family, family, type Sample, sampleText } from "./metrics-text.js";
import type { Reporter } from "./reporter.js";
import { hasTarget } from "./text/headline.js";

/** Series of steps and of features; a flow that is repeated for each row of a table must not flood a server. */
const MOST_SERIES = 500;

const VERDICTS: readonly Verdict[] = ["pass", "warn", "fail", "unverified"];
const OUTCOMES: readonly StepOutcome[] = ["passed", "failed", "errored", "skipped"];
const STATUSES = ["working", "degraded", "broken", "unverified"] as const;

export const metrics: Reporter = (report) => {
  const { name, version } = report.tool;
  const info = family("schemaready_build_info", "Version of the tool; always 1.", [
    { labels: { name, version }, value: 1 },
  ]);
  // Where no database was given nothing was looked at: series of the schema would be an alarm about nothing.
  const schema = hasTarget(report) ? schemaFamilies(report) : [];
  const smoke = report.smoke === null ? [] : smokeFamilies(report.smoke);
  return [info, ...schema, ...smoke].map((each) => sampleText(each)).join("");
};

/**
 * What a verification says about the schema.
 * @param named whether features are told by their names
 */
export function schemaFamilies(report: Report, named = true): Family[] {
  const { summary, features, gaps, verdict } = report;
  return [
    family("schemaready_verdict", "1 for the verdict of the verification, 0 for the others.", oneOf(VERDICTS, verdict)),
    family(
      "schemaready_gaps",
      "Expectations that the database does not satisfy, by code.",
      GAP_CODES.map((code) => ({ labels: { code }, value: gaps.filter((gap) => gap.code === code).length })),
    ),
    gauge("schemaready_unverified", "Expectations that could not be looked at.", summary.unverified),
    gauge("schemaready_expectations", "Expectations of the contract.", summary.expectations),
    family(
      "schemaready_features",
      "Features of the application, by what the schema does to them.",
      STATUSES.map((status) => ({
        labels: { status },
        value: features.filter((feature) => feature.status === status).length,
      })),
    ),
    family(
      "schemaready_feature_served",
      "1 when the schema serves the feature, 0 when it is broken; absent when that is not known.",
      features
        .filter(({ status }) => named && status !== "unverified")
        .slice(0, MOST_SERIES)
        .map(({ application, id, status }) => ({
          labels: { application, feature: id },
          value: status === "broken" ? 0 : 1,
        })),
    ),
    gauge("schemaready_last_verify_duration_seconds", "How long the verification took.", report.durationMs / 1000),
    gauge("schemaready_last_verify_timestamp_seconds", "When it began, Unix time.", unixTime(report.checkedAt)),
  ];
}

/**
 * What a smoke run says.
 * @param isNamed whether flows and steps are told by their names
 */
export function smokeFamilies(smoke: SmokeResult, isNamed = true): Family[] {
  const named = smoke.flows.flatMap(({ application, id, steps }) =>
    steps.map((step) => ({ labels: { application, flow: id, step: step.id }, step })),
  );
  const shown = isNamed ? named.slice(0, MOST_SERIES) : [];
  const { outcome, cleanup } = smoke;
  return [
    gauge(
      "schemaready_smoke_success",
      "1 when the smoke run did not fail; steps may have warned.",
      outcome === "failed" ? 0 : 1,
    ),
    family(
      "schemaready_smoke_steps",
      "Steps of the run, by outcome.",
      OUTCOMES.map((each) => ({
        labels: { outcome: each },
        value: named.filter(({ step }) => step.outcome === each).length,
      })),
    ),
    family(
      "schemaready_smoke_step_success",
      "1 when the step passed, 0 when it failed or could not run; absent when it was skipped.",
      shown
        .filter(({ step }) => step.outcome !== "skipped")
        .map(({ labels, step }) => ({ labels, value: step.outcome === "passed" ? 1 : 0 })),
    ),
    family(
      "schemaready_smoke_step_duration_seconds",
      "How long the step took, polling included; absent when it was skipped.",
      shown
        .filter(({ step }) => step.outcome !== "skipped")
        .map(({ labels, step }) => ({ labels, value: step.durationMs / 1000 })),
    ),
    gauge(
      "schemaready_smoke_leftovers",
      "Things that the run created and could not remove.",
      cleanup.outcome === "kept" ? 0 : cleanup.leftovers.length,
    ),
    gauge("schemaready_smoke_duration_seconds", "How long the run took.", smoke.durationMs / 1000),
    gauge("schemaready_smoke_last_run_timestamp_seconds", "When it began, Unix time.", unixTime(smoke.startedAt)),
  ];
}

function gauge(name: string, help: string, value: number) {
  return family(name, help, [{ labels: {}, value }]);
}

function oneOf<Name extends string>(names: readonly Name[], actual: Name): Sample[] {
  return names.map((verdict) => ({ labels: { verdict }, value: verdict === actual ? 1 : 0 }));
}

function unixTime(iso: string): number {
  return Date.parse(iso) / 1000;
}
