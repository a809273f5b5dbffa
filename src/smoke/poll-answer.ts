/** What one answer of the application says about a poll: whether it is so, cannot become so, or when to ask again. */
import type { Poll, ResponseAssertions } from "../model/flow.js";
import type { Json } from "../model/report.js";
import { judge, parseBody } from "./assertions.js";
import { leaves } from "./difference.js";
import type { Exchange } from "./http.js";
import { select } from "./json-path.js";
import type { Round } from "./poll.js";
import { showOf } from "./predicate.js";
import { type Lookup, renderJson } from "./template.js";

/** Of a JSON claim that came true. */
const MOST_FACTS = 5;

/** The round that ended with this exchange. Without an answer it is "not yet", whatever the reason was. */
export function answerRound({ until, failWhen }: Poll, exchange: Exchange, lookup: Lookup): Round<Exchange> {
  const { failure, status, headers } = exchange;
  const round = { result: exchange, final: false, retryAfterMs: retryAfterMs(headers) };
  if (failure !== null) return { ...round, pending: [failure], said: null, failed: null };
  const pending = judge(until, exchange, lookup).failures;
  const said = `the last answer was ${status}: ${pending.join("; ")}`;
  return { ...round, pending, said, failed: failReason(failWhen, exchange, lookup) };
}

/**
 * How long the application asks to wait (https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3): seconds, or a date,
 * which is taken by the application's own clock when it tells the time. 0: it does not ask.
 */
export function retryAfterMs(headers: Exchange["headers"], now = Date.now()): number {
  const value = headers["retry-after"]?.trim() ?? "";
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1_000;
  // Only the form that RFC 9110 asks for: Date.parse reads much more, such as "5 apples".
  if (!/^[A-Z][a-z]{2,8}, /.test(value)) return 0;
  const at = Date.parse(value);
  const clock = Date.parse(headers["date"] ?? "");
  return Number.isNaN(at) ? 0 : Math.max(0, at - (Number.isNaN(clock) ? now : clock));
}

/** What made `failWhen` true, or null when it is not. A `failWhen` without any claim is never true. */
function failReason(failWhen: ResponseAssertions | null, exchange: Exchange, lookup: Lookup): string | null {
  if (failWhen === null) return null;
  const { status, headers, jsonPath, body, json, maxDurationMs } = failWhen;
  const lists = status.length + headers.length + jsonPath.length + body.length;
  const claims = lists + (json === undefined ? 0 : 1) + (maxDurationMs === null ? 0 : 1);
  if (claims === 0 || judge(failWhen, exchange, lookup, true).failures.length > 0) return null;
  const parsed = parseBody(exchange);
  const facts = [
    ...(status.length > 0 ? [`status is ${exchange.status}`] : []),
    ...headers.map(
      ({ header }) => `header ${header} is ${showOf(header, exchange.headers[header.toLowerCase()] ?? null)}`,
    ),
    ...(json === undefined ? [] : leaves(renderJson(json, lookup), "$").slice(0, MOST_FACTS)).map(
      ({ path, value }) => `${path} is ${showOf(path, value)}`,
    ),
    ...(parsed.problem === null ? jsonPath.map(({ path }) => `${path} is ${valueAt(path, parsed.value)}`) : []),
  ];
  return facts.length === 0 ? "failWhen holds" : facts.join(", ");
}

function valueAt(path: string, body: Json): string {
  const value = select(path, body).values[0];
  return value === undefined ? "absent" : showOf(path, value);
}
