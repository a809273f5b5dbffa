/** Values in smoke flows: scalars, JSON, times. */
import { z } from "zod";
import type { Json } from "../../model/report.js";

export const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);
/** One value or several under one name. */
export const scalars = z.union([scalar, z.array(scalar).min(1)]);

/** Mappings inside are Map: toJson makes plain objects of them. */
export const json = z.custom<unknown>((value) => isJson(value), "expected a JSON value");

function isJson(value: unknown): boolean {
  if (value === null || typeof value === "string" || typeof value === "boolean") return true;
  if (typeof value === "number") return Number.isFinite(value);
  if (Array.isArray(value)) return value.every(isJson);
  if (value instanceof Map) return [...value.values()].every(isJson);
  return typeof value === "object" && Object.values(value).every(isJson);
}

/** A validated JSON value, with plain objects instead of maps; `__proto__` becomes an ordinary property. */
export function toJson(value: unknown): Json {
  if (value === null || typeof value === "string" || typeof value === "boolean" || typeof value === "number") {
    return value;
  }
  if (Array.isArray(value)) return value.map(toJson);
  const entries = value instanceof Map ? [...value] : Object.entries(value ?? {});
  return Object.fromEntries(entries.map(([key, each]) => [String(key), toJson(each)]));
}

const LONGEST_MS = 3_600_000;
const DURATION = /^(\d{1,7}(?:\.\d{1,3})?) ?(ms|s|m|h)$/;
const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

/** A time as people write it (`2s`) in whole milliseconds; null when it is none, or not from 1 ms to 1 h. */
export function parseDuration(text: string): number | null {
  const [, number = "", unit = ""] = DURATION.exec(text) ?? [];
  const ms = Math.round(Number(number) * (UNITS[unit] ?? Number.NaN));
  return ms >= 1 && ms <= LONGEST_MS ? ms : null;
}

/** `2s`. A number alone is refused: nobody can see whether it means seconds. */
export const duration = z
  .custom<string>(
    (value) => typeof value === "string" && parseDuration(value) !== null,
    "write a time with its unit, such as 500ms, 2s or 1m, of at most 1h",
  )
  .meta({ type: "string", pattern: DURATION.source });

/** The older way of writing times, in keys that end in Ms. */
export const milliseconds = z.int().min(1).max(LONGEST_MS);

/** Of a key and its older form, at most one is written. */
export function oneForm(value: object, key: string, context: z.core.$RefinementCtx): void {
  const old = `${key}Ms`;
  if (Reflect.get(value, key) === undefined || Reflect.get(value, old) === undefined) return;
  context.addIssue({ code: "custom", path: [old], message: `${key} and ${old} say the same: leave one of them out` });
}
