/** Where two JSON values differ: the path of each place, and what stands there on both sides. */
import type { Json } from "../model/report.js";

export interface Difference {
  /** `$.project.items[1].name`, below the subject that was compared. */
  readonly path: string;
  /** Undefined: nothing is expected there. */
  readonly expected: Json | undefined;
  /** Undefined: nothing is there. */
  readonly actual: Json | undefined;
}

/** Every value inside of a value that holds no other one, with its path: what an expectation names. */
export function leaves(value: Json, path: string): { readonly path: string; readonly value: Json }[] {
  const inside: (readonly [string, Json])[] = Array.isArray(value)
    ? value.map((each: Json, i) => [`${path}[${i}]`, each] as const)
    : isObject(value)
      ? Object.entries(value).map(([key, each]) => [member(path, key), each] as const)
      : [];
  return inside.length === 0 ? [{ path, value }] : inside.flatMap(([below, each]) => leaves(each, below));
}

type JsonObject = Readonly<Record<string, Json>>;

/**
 * Every place where the values differ, in the order of the expected one.
 * @param more whether an object may hold properties that are not expected; a list never may
 */
export function differences(expected: Json, actual: Json | undefined, path: string, more: boolean): Difference[] {
  if (actual === undefined) return [{ path, expected, actual }];
  if (Array.isArray(expected) && Array.isArray(actual)) return inLists(expected, actual, path, more);
  if (isObject(expected) && isObject(actual)) return inObjects(expected, actual, path, more);
  return expected === actual ? [] : [{ path, expected, actual }];
}

function inLists(expected: readonly Json[], actual: readonly Json[], path: string, more: boolean): Difference[] {
  const both = expected.slice(0, actual.length).flatMap((each, i) => {
    return differences(each, actual[i], `${path}[${i}]`, more);
  });
  const missing = expected.slice(actual.length).map((each, i) => {
    return { path: `${path}[${actual.length + i}]`, expected: each, actual: undefined };
  });
  const extra = actual.slice(expected.length).map((each, i) => {
    return { path: `${path}[${expected.length + i}]`, expected: undefined, actual: each };
  });
  return [...both, ...missing, ...extra];
}

function inObjects(expected: JsonObject, actual: JsonObject, path: string, more: boolean): Difference[] {
  const named = Object.entries(expected).flatMap(([key, each]) => {
    return differences(each, Object.hasOwn(actual, key) ? actual[key] : undefined, member(path, key), more);
  });
  if (more) return named;
  const extra = Object.entries(actual).filter(([key]) => !Object.hasOwn(expected, key));
  return [...named, ...extra.map(([key, each]) => ({ path: member(path, key), expected: undefined, actual: each }))];
}

function isObject(value: Json): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** As JSONPath writes it. */
function member(path: string, key: string): string {
  return /^[A-Za-z_]\w*$/.test(key) ? `${path}.${key}` : `${path}['${key.replace(/['\\]/g, "\\$&")}']`;
}
