/** Values taken from an answer for the steps that follow. */
import type { Capture } from "../model/flow.js";
import type { Json } from "../model/report.js";
import { parseBody } from "./assertions.js";
import type { Exchange } from "./http.js";
import { select } from "./json-path.js";

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

type Taken = { readonly value: Json } | { readonly problem: string };

function take({ from }: Capture, exchange: Exchange): Taken {
  switch (from.kind) {
    case "status":
      return exchange.status === null ? { problem: "there was no answer" } : { value: exchange.status };
    case "header": {
      const value = exchange.headers[from.header.toLowerCase()];
      return value === undefined ? { problem: `header ${from.header} was not sent` } : { value };
    }
    case "json-path":
      return takeFromJson(from.path, exchange);
  }
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
