/** Mappings of names to texts, as the runner takes them. */
import type { Texts } from "../../model/flow.js";

export type Scalar = string | number | boolean | null;

/** Text values of a mapping, without a prototype: no name can be found that was not written. */
export function textRecord(section: ReadonlyMap<string, Scalar> | undefined): Readonly<Record<string, string>> {
  return record(section, textOf);
}

/** As textRecord, where a name may have several values. */
export function textsRecord(section: ReadonlyMap<string, Scalar | Scalar[]> | undefined): Texts {
  return record(section, (value) => (Array.isArray(value) ? value.map(textOf) : textOf(value)));
}

function record<V, T>(section: ReadonlyMap<string, V> | undefined, read: (value: V) => T): Readonly<Record<string, T>> {
  const result: Record<string, T> = Object.create(null);
  for (const [name, value] of section ?? []) {
    Object.defineProperty(result, name, { value: read(value), enumerable: true });
  }
  return result;
}

export function textOf(value: Scalar): string {
  return value === null ? "" : String(value);
}
