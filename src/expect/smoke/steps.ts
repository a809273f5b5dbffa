/** One step of a flow, its defaults filled in. */
import type { Capture, Step } from "../../model/flow.js";
import { soundsSecret } from "../../model/secret-names.js";
import type { Locate } from "../load/place.js";
import type { FileNames } from "../names.js";
import type { CaptureSection, FlowSection, StepSection } from "../schema/check-file.js";
import { defaultGroup } from "./capture-groups.js";
import { type RequestDefaults, readAssertions, readCleanup, readPoll, readRequest } from "./requests.js";
import { resolveRequired } from "./required.js";
import { readSql } from "./sql.js";
import { templateNames } from "./templates.js";

/** What a step stands in. */
export interface StepSurroundings extends RequestDefaults {
  readonly flow: FlowSection;
  /** Of the application. */
  readonly schema: string;
  /** Relations that `requires` may name. */
  readonly known: FileNames;
  readonly locate: Locate;
}

export function readStep(id: string, section: StepSection, around: StepSurroundings): Step {
  const base = {
    id,
    title: section.title ?? id,
    feature: section.feature ?? null,
    needs: needsOf(id, section, around.flow),
  };
  const facts = { ...base, ...readWeight(section, around) };
  if (section.sql !== undefined) return { ...facts, kind: "sql", ...readSql(section.sql) };
  return {
    ...facts,
    kind: "request",
    request: readRequest(section.request ?? "", around),
    capture: [...(section.capture ?? [])].map(([name, value]) => readCapture(name, value)),
    assert: readAssertions(section.assert),
    poll: readPoll(section.poll),
    cleanup: readCleanup(section.cleanup, id, around),
  };
}

/** What it is chosen by, what its failure means, and what may explain it. */
function readWeight({ tags, optional = false, severity = "error", requires }: StepSection, around: StepSurroundings) {
  const weight = optional ? "info" : severity;
  return {
    ...(tags === undefined ? {} : { tags }),
    ...(weight === "error" ? {} : { severity: weight }),
    ...(requires === undefined
      ? {}
      : { requires: requires.map((text) => resolveRequired(text, around.known, around.schema)) }),
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
  const { regex, group, secret = soundsSecret(name) } = section;
  const pattern = regex === undefined ? {} : { pattern: { regex, group: group ?? defaultGroup(regex) } };
  return { name, from: sourceOf(section), ...pattern, secret };
}

function sourceOf(section: Exclude<CaptureSection, string>): Capture["from"] {
  const { jsonPath, header, cookie, duration, status } = section;
  if (jsonPath !== undefined) return { kind: "json-path", path: jsonPath };
  if (header !== undefined) return { kind: "header", header };
  if (cookie !== undefined) return { kind: "cookie", cookie };
  if (duration !== undefined) return { kind: "duration" };
  return { kind: status === undefined ? "body" : "status" };
}
