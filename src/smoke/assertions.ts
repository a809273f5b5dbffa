/** Claims about an answer. Every false one gives a line; an answer that satisfies all gives none. */
import type { Predicate, ResponseAssertions } from "../model/flow.js";
import type { Json } from "../model/report.js";
import type { Exchange } from "./http.js";
import { select } from "./json-path.js";
import { judgePredicate, judgeSubset, renderPredicate } from "./predicate.js";
import { type Lookup, renderJson } from "./template.js";

export interface Judgement {
  readonly failures: readonly string[];
  /** What is not as it should be and does not fail the step: it was slow. */
  readonly warnings: readonly string[];
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
  const slow = judgeDuration(assertions.maxDurationMs, exchange);
  const failures = [
    ...status,
    ...headers,
    ...judgeJson(assertions, exchange, lookup),
    ...body,
    ...(assertions.slow === "warn" ? [] : slow),
  ];
  const warnings = assertions.slow === "warn" ? slow : [];
  return { failures, warnings, statusAccepted: status.length === 0 };
}

export function isSuccess(status: number | null): boolean {
  return status !== null && status >= 200 && status < 300;
}

/** JSON.parse takes any depth; comparing and printing recurse, and would end the process. */
const MAX_DEPTH = 500;

/** Whether brackets outside of strings ever nest deeper than that, in a text that may be JSON. */
function isDeeper(text: string, most: number): boolean {
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const sign = text[at];
    if (quoted && sign === "\\") at++;
    else if (sign === '"') quoted = !quoted;
    else if (!quoted && (sign === "[" || sign === "{")) depth++;
    else if (!quoted && (sign === "]" || sign === "}")) depth--;
    if (depth > most) return true;
  }
  return false;
}

/** The body as JSON, or why it cannot be read as JSON. */
export function parseBody(
  exchange: Exchange,
): { readonly value: Json; readonly problem: null } | { readonly problem: string } {
  const type = exchange.headers["content-type"] ?? "none";
  if (exchange.body.trim() === "") return { problem: `body is empty (content-type ${type})` };
  if (isDeeper(exchange.body, MAX_DEPTH)) return { problem: `body is nested more than ${MAX_DEPTH} levels deep` };
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

function judgeJson({ jsonPath, json }: ResponseAssertions, exchange: Exchange, lookup: Lookup): string[] {
  if (jsonPath.length === 0 && json === undefined) return [];
  const parsed = parseBody(exchange);
  if (parsed.problem !== null) return [parsed.problem];
  const { value } = parsed;
  const wrong = jsonPath.flatMap(({ path, predicate }) => {
    const { values, problem } = select(path, value);
    if (problem !== null) return [`${path}: ${problem}`];
    const judged = { subject: path, actual: values[0], missing: "matched nothing", loose: false };
    return judgePredicate(judged, renderPredicate(predicate, lookup));
  });
  return json === undefined ? wrong : [...wrong, ...judgeSubset(renderJson(json, lookup), value, "$")];
}

function judgeDuration(maxMs: number | null, { durationMs }: Exchange): string[] {
  if (maxMs === null || durationMs <= maxMs) return [];
  return [`took ${Math.ceil(durationMs)} ms, at most ${maxMs} ms allowed`];
}
