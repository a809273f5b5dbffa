/**
 * Building blocks of the check file's schema. YAML mappings arrive as Map (order kept, no key can touch a prototype);
 * plain objects are taken as well. The schema only validates: it fills in no default and changes no value.
 */
import { z } from "zod";
import { didYouMean } from "../../model/suggest.js";

const asObject = (value: unknown): unknown => (value instanceof Map ? Object.fromEntries(value) : value);
const asMap = (value: unknown): unknown => (isPlainObject(value) ? new Map(Object.entries(value)) : value);

function isPlainObject(value: unknown): value is object {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** A mapping with fixed keys; any other key is an error, one line of the issue's message for each. */
export function section<S extends z.ZodRawShape>(shape: S) {
  const known = Object.keys(shape);
  const object = z.strictObject(shape, {
    error: (issue) => {
      if (issue.code !== "unrecognized_keys") return undefined;
      return issue.keys.map((key) => `unknown key ${JSON.stringify(key)}${didYouMean(key, known)}`).join("\n");
    },
  });
  return z.preprocess(asObject, object);
}

/** A mapping whose keys are names that the author chooses. */
export function names<V extends z.ZodType>(value: V) {
  return z.preprocess(asMap, z.map(z.string(), value));
}

/** Text with at least one character. */
export const text = z.string().min(1);

export const texts = z.array(text).min(1);

/** Adds `custom` issues for what the types cannot say: exactly one of some keys, none together with another. */
export function exactlyOne(value: object, keys: readonly string[], context: z.core.$RefinementCtx): void {
  const present = keys.filter((key) => Reflect.get(value, key) !== undefined);
  if (present.length === 1) return;
  const which = present.length === 0 ? "none of them is here" : `here are ${present.join(" and ")}`;
  context.addIssue({ code: "custom", message: `give exactly one of ${keys.join(", ")}: ${which}` });
}
