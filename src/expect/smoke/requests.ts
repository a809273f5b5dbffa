import type { Cleanup, Poll, RequestTemplate, ResponseAssertions } from "../../model/flow.js";
import type { AssertSection, RequestSection, StepSection } from "../schema/check-file.js";
import { SHORT_REQUEST } from "../schema/smoke-request.js";
import { parseDuration, toJson } from "../schema/values.js";
import type { Attachments } from "./attachments.js";
import { readBody } from "./bodies.js";
import { readPredicates } from "./predicates.js";
import { textRecord, textsRecord } from "./texts.js";

const REQUEST_TIMEOUT_MS = 10_000;
const POLL_EVERY_MS = 500;
const POLL_TIMEOUT_MS = 15_000;

/** What the smoke section says for all its requests, and the files that they may name. */
export interface RequestDefaults {
  readonly redirects: number;
  readonly attachments: Attachments;
}

/** A request with its defaults filled in. */
export function readRequest(section: RequestSection, { redirects, attachments }: RequestDefaults): RequestTemplate {
  if (typeof section === "string") {
    const [, method = "GET", path = section] = SHORT_REQUEST.exec(section) ?? [];
    return { method, path, query: textRecord(undefined), headers: textRecord(undefined), redirects, ...NO_BODY };
  }
  const body = readBody(section, attachments);
  return {
    method: section.method ?? (body.kind === "none" ? "GET" : "POST"),
    path: section.path,
    query: textsRecord(section.query),
    headers: textsRecord(section.headers),
    body,
    timeoutMs: readMs(section.timeout, section.timeoutMs, REQUEST_TIMEOUT_MS),
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

/** A time in either of its forms. */
export function readMs(human: string | undefined, ms: number | undefined, otherwise: number): number {
  return (human === undefined ? undefined : parseDuration(human)) ?? ms ?? otherwise;
}

/** Assertions of a response; several predicates on one thing become several entries. */
export function readAssertions(section: AssertSection | undefined): ResponseAssertions {
  const { status, headers, jsonPath, json, body, maxDuration, maxDurationMs = null, slow } = section ?? {};
  return {
    status: readStatuses(status),
    headers: [...(headers ?? [])].flatMap(([header, value]) =>
      readPredicates(value).map((predicate) => ({ header, predicate })),
    ),
    jsonPath: [...(jsonPath ?? [])].flatMap(([path, value]) =>
      readPredicates(value).map((predicate) => ({ path, predicate })),
    ),
    body: body === undefined ? [] : readPredicates(body),
    ...(json === undefined ? {} : { json: toJson(json) }),
    maxDurationMs: maxDuration === undefined ? maxDurationMs : parseDuration(maxDuration),
    ...(slow === undefined ? {} : { slow }),
  };
}

function readStatuses(status: number | number[] | undefined): number[] {
  return status === undefined ? [] : [status].flat();
}

type PollSection = NonNullable<StepSection["poll"]>;

/** Polling with its defaults filled in. */
export function readPoll(section: PollSection | undefined): Poll | null {
  if (section === undefined) return null;
  const failWhen = section.failWhen === undefined ? null : readAssertions(section.failWhen);
  return { until: readAssertions(section.until), failWhen, ...readPace(section) };
}

/** How often a poll asks, and how long. */
export function readPace(section: Omit<PollSection, "until" | "failWhen">): Omit<Poll, "until" | "failWhen"> {
  return {
    everyMs: readMs(section.every, section.everyMs, POLL_EVERY_MS),
    ...(section.backoff === undefined ? {} : { backoff: section.backoff }),
    ...(section.max === undefined ? {} : { max: section.max }),
    timeoutMs: readMs(section.timeout, section.timeoutMs, POLL_TIMEOUT_MS),
  };
}

/** Clean-up with its defaults filled in; none, one or several. */
export function readCleanup(section: StepSection["cleanup"], step: string, defaults: RequestDefaults): Cleanup[] {
  const sections = section === undefined ? [] : [section].flat();
  return sections.map((each) => ({
    request: readRequest(each.request, defaults),
    status: readStatuses(each.status),
    describes: each.describes ?? `what step ${step} created`,
  }));
}
