import type { Cleanup, Poll, RequestTemplate, ResponseAssertions } from "../../model/flow.js";
import type { AssertSection, RequestSection, StepSection } from "../schema/check-file.js";
import { SHORT_REQUEST, toJson } from "../schema/smoke.js";
import { readPredicates } from "./predicates.js";

const REQUEST_TIMEOUT_MS = 10_000;
const POLL_EVERY_MS = 500;
const POLL_TIMEOUT_MS = 15_000;

type Scalar = string | number | boolean | null;

/** Text values of a mapping, without a prototype: no name can be found that was not written. */
export function textRecord(section: ReadonlyMap<string, Scalar> | undefined): Readonly<Record<string, string>> {
  const record: Record<string, string> = Object.create(null);
  for (const [name, value] of section ?? []) {
    Object.defineProperty(record, name, { value: value === null ? "" : String(value), enumerable: true });
  }
  return record;
}

/** What the smoke section says for all its requests. */
export interface RequestDefaults {
  readonly redirects: number;
}

/** A request with its defaults filled in. */
export function readRequest(section: RequestSection, { redirects }: RequestDefaults): RequestTemplate {
  if (typeof section === "string") {
    const [, method = "GET", path = section] = SHORT_REQUEST.exec(section) ?? [];
    return { method, path, query: textRecord(undefined), headers: textRecord(undefined), redirects, ...NO_BODY };
  }
  const body = readBody(section);
  return {
    method: section.method ?? (body.kind === "none" ? "GET" : "POST"),
    path: section.path,
    query: textRecord(section.query),
    headers: textRecord(section.headers),
    body,
    timeoutMs: section.timeoutMs ?? REQUEST_TIMEOUT_MS,
    redirects: section.redirects ?? redirects,
    retries: section.retries ?? 0,
    idempotencyKey: section.idempotencyKey ?? false,
  };
}

const NO_BODY = {
  body: { kind: "none" },
  timeoutMs: REQUEST_TIMEOUT_MS,
  retries: 0,
  idempotencyKey: false,
} as const;

function readBody({ json, form, text }: Exclude<RequestSection, string>): RequestTemplate["body"] {
  if (json !== undefined) return { kind: "json", value: toJson(json) };
  if (form !== undefined) return { kind: "form", value: textRecord(form) };
  return text === undefined ? { kind: "none" } : { kind: "text", value: text };
}

/** Assertions of a response; several predicates on one thing become several entries. */
export function readAssertions(section: AssertSection | undefined): ResponseAssertions {
  const { status, headers, jsonPath, body, maxDurationMs = null } = section ?? {};
  return {
    status: readStatuses(status),
    headers: [...(headers ?? [])].flatMap(([header, value]) =>
      readPredicates(value).map((predicate) => ({ header, predicate })),
    ),
    jsonPath: [...(jsonPath ?? [])].flatMap(([path, value]) =>
      readPredicates(value).map((predicate) => ({ path, predicate })),
    ),
    body: body === undefined ? [] : readPredicates(body),
    maxDurationMs,
  };
}

function readStatuses(status: number | number[] | undefined): number[] {
  return status === undefined ? [] : [status].flat();
}

/** Polling with its defaults filled in. */
export function readPoll(section: StepSection["poll"]): Poll | null {
  if (section === undefined) return null;
  return {
    until: readAssertions(section.until),
    failWhen: section.failWhen === undefined ? null : readAssertions(section.failWhen),
    everyMs: section.everyMs ?? POLL_EVERY_MS,
    timeoutMs: section.timeoutMs ?? POLL_TIMEOUT_MS,
  };
}

/** Clean-up with its defaults filled in. */
export function readCleanup(section: StepSection["cleanup"], step: string, defaults: RequestDefaults): Cleanup | null {
  if (section === undefined) return null;
  return {
    request: readRequest(section.request, defaults),
    status: readStatuses(section.status),
    describes: section.describes ?? `what step ${step} created`,
  };
}
