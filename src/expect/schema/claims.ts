/** What answers and rows must be, as people write it. */
import { z } from "zod";
import { exactlyOne, names, section, text } from "./blocks.js";
import { duration, json, milliseconds, oneForm, scalar } from "./values.js";

const status = z.int().min(100).max(599);
export const statuses = z.union([status, z.array(status).min(1)]);

export const PREDICATES = [
  "equals",
  "notEquals",
  "oneOf",
  "contains",
  "notContains",
  "startsWith",
  "endsWith",
  "matches",
  "notMatches",
  "exists",
  "type",
  "length",
  "minLength",
  "maxLength",
  "atLeast",
  "atMost",
  "greaterThan",
  "lessThan",
] as const;

/** Beside a claim about a number. */
export const SHIFTS = ["plus", "minus"] as const;
const SHIFTABLE = ["equals", "notEquals", "atLeast", "atMost", "greaterThan", "lessThan"] as const;

const DECIMAL = /^-?\d+(?:\.\d+)?$/;
const number = z.union([
  z.number(),
  z
    .string()
    .refine(
      (value) => DECIMAL.test(value) || /\{\{.+\}\}/.test(value),
      "a number or a template such as {{before}} is expected here",
    ),
]);
const size = z.int().min(0);

export const predicateSection = section({
  equals: json.optional().describe("Equal as JSON."),
  notEquals: json.optional().describe("Not equal as JSON."),
  oneOf: z.array(json).min(1).optional().describe("Equal to one of these."),
  contains: z.string().optional().describe("Holds this text, or a list holds it as an element."),
  notContains: z.string().optional().describe("Does not hold this text or element."),
  startsWith: text.optional().describe("Text that starts with this."),
  endsWith: text.optional().describe("Text that ends with this."),
  matches: text.optional().describe("Matches this JavaScript regular expression (flag u)."),
  notMatches: text.optional().describe("Does not match this JavaScript regular expression (flag u)."),
  exists: z.boolean().optional().describe("Is there, or is not there."),
  type: z.enum(["string", "number", "boolean", "object", "array", "null"]).optional().describe("JSON type."),
  length: size.optional().describe("Number of elements or characters."),
  minLength: size.optional().describe("Smallest number of elements or characters; 1: not empty."),
  maxLength: size.optional().describe("Largest number of elements or characters."),
  atLeast: number.optional().describe(">="),
  atMost: number.optional().describe("<="),
  greaterThan: number.optional().describe(">"),
  lessThan: number.optional().describe("<"),
  plus: number.optional().describe("Added to the number of the claim beside it: equals: {{before}}, plus: 2."),
  minus: number.optional().describe("Taken off the number of the claim beside it: equals: {{before}}, minus: 10."),
}).superRefine((predicate, context) => {
  exactlyOne(predicate, PREDICATES, context);
  for (const shift of SHIFTS) {
    if (predicate[shift] === undefined || SHIFTABLE.some((claim) => predicate[claim] !== undefined)) continue;
    const message = `${shift} belongs to a claim about a number: ${SHIFTABLE.join(", ")}`;
    context.addIssue({ code: "custom", path: [shift], message });
  }
});

const predicate = z.union([scalar.describe("Equal to this value."), predicateSection]);
export const predicates = z.union([
  scalar.describe("Equal to this value."),
  predicateSection,
  z.array(predicate).min(1),
]);

export const assertions = section({
  status: statuses.optional().describe("Accepted status codes; default any 2xx."),
  headers: names(predicates).optional().describe("Response header -> what it must be."),
  jsonPath: names(predicates).optional().describe("JSONPath -> what it must be; a plain value means equals."),
  json: json.optional().describe("What the JSON body holds at least; what is not named may be there."),
  body: predicates.optional().describe("What the body, as text, must be."),
  maxDuration: duration.optional().describe("Longest acceptable duration, such as 2s."),
  maxDurationMs: milliseconds.optional().describe("The same in milliseconds."),
  slow: z.enum(["warn", "fail"]).optional().describe("What a longer duration does; default fail."),
}).superRefine((value, context) => {
  oneForm(value, "maxDuration", context);
  if (value.slow === undefined || value.maxDuration !== undefined || value.maxDurationMs !== undefined) return;
  context.addIssue({ code: "custom", path: ["slow"], message: "slow says what maxDuration does, and there is none" });
});
