/** The smoke section of a check file -> a suite as the runner takes it (src/model/flow.ts). */
import type { Capture, Flow, SmokeSuite, SqlCapture, Step } from "../../model/flow.js";
import { truncateIdentifier } from "../../model/names.js";
import { soundsSecret } from "../../model/secret-names.js";
import type { CheckFile } from "../check-file.js";
import type { CaptureSection, FlowSection, SmokeSection, StepSection } from "../schema/check-file.js";
import { readPredicate, readPredicates } from "./predicates.js";
import { type RequestDefaults, readAssertions, readCleanup, readPoll, readRequest, textRecord } from "./requests.js";
import { templateNames } from "./templates.js";

const SQL_TIMEOUT_MS = 5_000;

/** The suite of a file, or null when it has none. `defaultSchema`: for a file that names no schema. */
export function readSuite({ content }: CheckFile, defaultSchema: string): SmokeSuite | null {
  const section = content.smoke;
  if (section === undefined) return null;
  return {
    application: content.application,
    schema: truncateIdentifier(content.schema ?? defaultSchema),
    baseUrl: section.baseUrl ?? null,
    origins: section.origins ?? [],
    variables: textRecord(section.variables),
    secrets: textRecord(section.secrets),
    flows: readFlows(section),
  };
}

function readFlows(section: SmokeSection): Flow[] {
  const defaults = { redirects: section.redirects ?? 0 };
  return [...section.flows].map(([id, flow]) => ({
    id,
    title: flow.title ?? id,
    needs: flow.needs ?? [],
    steps: [...flow.steps].map(([stepId, step]) => readStep(stepId, step, flow, defaults)),
  }));
}

function readStep(id: string, section: StepSection, flow: FlowSection, defaults: RequestDefaults): Step {
  const base = {
    id,
    title: section.title ?? id,
    feature: section.feature ?? null,
    needs: needsOf(id, section, flow),
  };
  if (section.sql !== undefined) return { ...base, kind: "sql", ...readSql(section.sql) };
  return {
    ...base,
    kind: "request",
    request: readRequest(section.request ?? "", defaults),
    capture: [...(section.capture ?? [])].map(([name, value]) => readCapture(name, value)),
    assert: readAssertions(section.assert),
    poll: readPoll(section.poll),
    cleanup: readCleanup(section.cleanup, id, defaults),
  };
}

/** A step needs, besides those it names, the latest earlier step of its flow that captures a name it uses. */
function needsOf(id: string, section: StepSection, flow: FlowSection): string[] {
  const captured = new Map<string, string>();
  for (const [other, step] of flow.steps) {
    if (other === id) break;
    for (const name of capturesOf(step)) captured.set(name, other);
  }
  const implied = stringsIn(section)
    .flatMap(templateNames)
    .flatMap((name) => captured.get(name) ?? []);
  return [...new Set([...(section.needs ?? []), ...implied])];
}

/** Names that a step captures. */
export function capturesOf(step: StepSection): string[] {
  return [...(step.capture?.keys() ?? []), ...(step.sql?.capture?.keys() ?? [])];
}

/** Every text in a value, keys aside: keys are never templates. */
export function stringsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (value instanceof Map) return [...value.values()].flatMap(stringsIn);
  if (typeof value === "object" && value !== null) return Object.values(value).flatMap(stringsIn);
  return [];
}

function readCapture(name: string, section: CaptureSection): Capture {
  if (typeof section === "string") {
    return { name, from: { kind: "json-path", path: section }, secret: soundsSecret(name) };
  }
  const { jsonPath, header, secret = soundsSecret(name) } = section;
  if (jsonPath !== undefined) return { name, from: { kind: "json-path", path: jsonPath }, secret };
  return { name, from: header === undefined ? { kind: "status" } : { kind: "header", header }, secret };
}

function readSql(section: Exclude<StepSection["sql"], undefined>) {
  const capture = [...(section.capture ?? [])].map(([name, value]): SqlCapture => {
    const column = typeof value === "string" ? value : value.column;
    return { name, column, secret: (typeof value === "string" ? undefined : value.secret) ?? soundsSecret(name) };
  });
  const { rows, values } = section.assert ?? {};
  return {
    query: section.query,
    params: (section.params ?? []).map((param) => (param === null ? "" : String(param))),
    capture,
    assert: {
      rows: rows === undefined ? null : readPredicate(rows),
      values: [...(values ?? [])].flatMap(([column, value]) =>
        readPredicates(value).map((predicate) => ({ column, predicate })),
      ),
    },
    timeoutMs: section.timeoutMs ?? SQL_TIMEOUT_MS,
  };
}
