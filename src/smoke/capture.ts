/** Values taken from an answer for the steps that follow. */
import type { Redactor } from "../config/index.js";
import type { Capture, CapturePattern } from "../model/flow.js";
import type { Json } from "../model/report.js";
import { parseBody } from "./assertions.js";
import { readSetCookies } from "./cookie-jar.js";
import type { Exchange } from "./http.js";
import { select } from "./json-path.js";
import { findPattern } from "./pattern.js";
import { textOf } from "./template.js";

export interface Captured {
  readonly values: ReadonlyMap<string, Json>;
  /** One line for each value that could not be taken. */
  readonly failures: readonly string[];
}

/** Takes what can be taken, also from an answer that failed an assertion: its clean-up may need it. */
export function takeCaptures(captures: readonly Capture[], exchange: Exchange): Captured {
  const values = new Map<string, Json>();
  const failures: string[] = [];
  for (const capture of captures) {
    const taken = take(capture, exchange);
    if ("problem" in taken) failures.push(`capture ${capture.name}: ${taken.problem}`);
    else values.set(capture.name, taken.value);
  }
  return { values, failures };
}

/** What is captured as a secret is one from now on: also in what a poll tells of a round. */
export function learnSecrets(
  captures: readonly Pick<Capture, "name" | "secret">[],
  values: ReadonlyMap<string, Json>,
  redactor: Redactor,
): void {
  for (const { name, secret } of captures) {
    const value = values.get(name) ?? null;
    // A poll often finds none at first; every null and true would be hidden with it.
    if (secret && value !== null && typeof value !== "boolean") redactor.add(textOf(value));
  }
}

type Taken = { readonly value: Json } | { readonly problem: string };

function take({ from, pattern }: Capture, exchange: Exchange): Taken {
  const whole = takeWhole(from, exchange);
  return pattern === undefined || "problem" in whole ? whole : takePart(pattern, textOf(whole.value));
}

function takeWhole(from: Capture["from"], exchange: Exchange): Taken {
  if (exchange.status === null) return { problem: "there was no answer" };
  switch (from.kind) {
    case "status":
      return { value: exchange.status };
    case "duration":
      return { value: Math.round(exchange.durationMs * 10) / 10 };
    case "body":
      return exchange.body === "" ? { problem: "the body is empty" } : { value: exchange.body };
    case "header": {
      const value = exchange.headers[from.header.toLowerCase()];
      return value === undefined ? { problem: `header ${from.header} was not sent` } : { value };
    }
    case "cookie": {
      const cookie = readSetCookies(exchange.headers["set-cookie"] ?? "").findLast(({ name }) => name === from.cookie);
      if (cookie === undefined) return { problem: `cookie ${from.cookie} was not set` };
      return { value: cookie.value.replace(/^"(.*)"$/, "$1") };
    }
    case "json-path":
      return takeFromJson(from.path, exchange);
  }
}

function takePart({ regex, group }: CapturePattern, text: string): Taken {
  const result = findPattern(regex, group, text);
  if ("problem" in result) return { problem: `/${regex}/: ${result.problem}` };
  return result.found === undefined ? { problem: `/${regex}/ found nothing` } : { value: result.found };
}

function takeFromJson(path: string, exchange: Exchange): Taken {
  const parsed = parseBody(exchange);
  if (parsed.problem !== null) return { problem: parsed.problem };
  const { values, problem } = select(path, parsed.value);
  if (problem !== null) return { problem: `${path}: ${problem}` };
  const value = values[0];
  if (value === undefined) return { problem: `${path} matched nothing` };
  // JSON.parse has rounded it: a DELETE with the neighbour's id would be worse than no DELETE.
  if (typeof value === "number" && Number.isInteger(value) && !Number.isSafeInteger(value)) {
    return { problem: `${path} is a number too large to be kept exactly; the application should send it as a string` };
  }
  return { value };
}
