/** Claims about an answer. Every false one gives a line; an answer that satisfies all gives none. */
import type { Predicate, ResponseAssertions } from "../model/flow.js";
import type { Json } from "../model/report.js";
import type { Exchange } from "./http.js";
import { select } from "./json-path.js";
import { judgePredicate, renderPredicate } from "./predicate.js";
import type { Lookup } from "./template.js";

export interface Judgement {
  readonly failures: readonly string[];
  /** Whether the status was among the accepted ones: when it was not, missing captures are no news. */
  readonly statusAccepted: boolean;
}

/**
 * Judges an answer.
 * @param anyStatus an empty status list accepts everything (conditions of `failWhen`), not just 2xx.
 */
export function judge(
  assertions: ResponseAssertions,
  exchange: Exchange,
  lookup: Lookup,
  anyStatus = false,
): Judgement {
  const status = judgeStatus(assertions.status, exchange, anyStatus);
  const rendered = (predicate: Predicate) => renderPredicate(predicate, lookup);
  const headers = assertions.headers.flatMap(({ header, predicate }) => {
    const actual = exchange.headers[header.toLowerCase()];
    const judged = { subject: `header ${header}`, actual, missing: "was not sent", loose: true };
    return judgePredicate(judged, rendered(predicate));
  });
  const body = assertions.body.flatMap((predicate) =>
    judgePredicate({ subject: "body", actual: exchange.body, missing: "is empty", loose: true }, rendered(predicate)),
  );
  const failures = [
    ...status,
    ...headers,
    ...judgeJson(assertions, exchange, rendered),
    ...body,
    ...judgeDuration(assertions.maxDurationMs, exchange),
  ];
  return { failures, statusAccepted: status.length === 0 };
}

export function isSuccess(status: number | null): boolean {
  return status !== null && status >= 200 && status < 300;
}

/** The body as JSON, or why it cannot be read as JSON. */
export function parseBody(
  exchange: Exchange,
): { readonly value: Json; readonly problem: null } | { readonly problem: string } {
  const type = exchange.headers["content-type"] ?? "none";
  if (exchange.body.trim() === "") return { problem: `body is empty (content-type ${type})` };
  try {
    return { value: JSON.parse(exchange.body) as Json, problem: null };
  } catch {
    const encoding = exchange.headers["content-encoding"];
    const encoded = encoding === undefined ? "" : `, sent as ${encoding} although that was not asked for`;
    return { problem: `body is not JSON (content-type ${type}${encoded})` };
  }
}

function judgeStatus(accepted: readonly number[], exchange: Exchange, anyStatus: boolean): string[] {
  const { status } = exchange;
  if (accepted.length === 0 ? anyStatus || isSuccess(status) : accepted.includes(status ?? 0)) return [];
  const expected = accepted.length === 0 ? "2xx" : accepted.join(" or ");
  const location = exchange.headers["location"];
  const redirect = status !== null && status >= 300 && status < 400 && location !== undefined;
  const why = exchange.notFollowed === undefined ? "" : `: ${exchange.notFollowed}`;
  const leads = redirect ? ` (redirect to ${location}, not followed${why})` : "";
  return [`status: expected ${expected}, got ${status}${leads}`];
}

function judgeJson(
  assertions: ResponseAssertions,
  exchange: Exchange,
  rendered: (predicate: Predicate) => Predicate,
): string[] {
  if (assertions.jsonPath.length === 0) return [];
  const parsed = parseBody(exchange);
  if (parsed.problem !== null) return [parsed.problem];
  return assertions.jsonPath.flatMap(({ path, predicate }) => {
    const { values, problem } = select(path, parsed.value);
    if (problem !== null) return [`${path}: ${problem}`];
    const judged = { subject: path, actual: values[0], missing: "matched nothing", loose: false };
    return judgePredicate(judged, rendered(predicate));
  });
}

function judgeDuration(maxMs: number | null, { durationMs }: Exchange): string[] {
  if (maxMs === null || durationMs <= maxMs) return [];
  return [`took ${Math.ceil(durationMs)} ms, at most ${maxMs} ms allowed`];
}
