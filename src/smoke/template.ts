/**
 * Templates: `{{name}}` in the strings of a flow. No logic, no expressions: a name is replaced by its value.
 * Names: variables, secrets and captures of the check file, `{{env.X}}`, `{{uuid}}`, `{{runId}}`, `{{now}}`.
 */
import type { Texts } from "../model/flow.js";
import type { Json } from "../model/report.js";

const TEMPLATE = /\{\{([^{}]*)\}\}/g;
const WHOLE = /^\{\{([^{}]*)\}\}$/;

/** Gives the value of a name; undefined when there is none. */
export type Lookup = (name: string) => Json | undefined;

/** Every name in every string of a value, in order of appearance, each once. Property names are not templates. */
export function templateNames(value: unknown): string[] {
  const names = new Set<string>();
  collect(value, names);
  return [...names];
}

function collect(value: unknown, names: Set<string>): void {
  // A file that is sent; it may hold anything and has millions of bytes.
  if (value instanceof Uint8Array) return;
  if (typeof value === "string") {
    for (const match of value.matchAll(TEMPLATE)) names.add((match[1] ?? "").trim());
  } else if (typeof value === "object" && value !== null) {
    for (const each of Object.values(value)) collect(each, names);
  }
}

/**
 * Replaces every template in a text, `encode` applied to each value (not to the text around it).
 * @throws Error when a name has no value: callers look first (templateNames).
 */
export function renderText(text: string, lookup: Lookup, encode: (value: string) => string = (value) => value): string {
  return text.replace(TEMPLATE, (_whole, name: string) => encode(textOf(requireValue(name.trim(), lookup))));
}

/** Every name with its text, one pair for each text of a list. */
export function renderPairs(texts: Texts, lookup: Lookup): [string, string][] {
  return Object.entries(texts).flatMap(([name, value]) =>
    [value].flat().map((text): [string, string] => [name, renderText(text, lookup)]),
  );
}

/** As renderText, in every string of a JSON value; a string that is exactly one template keeps the value's type. */
export function renderJson(value: Json, lookup: Lookup): Json {
  if (typeof value === "string") {
    const name = WHOLE.exec(value)?.[1];
    return name === undefined ? renderText(value, lookup) : requireValue(name.trim(), lookup);
  }
  if (Array.isArray(value)) return value.map((each) => renderJson(each, lookup));
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, renderJson(each, lookup)]));
  }
  return value;
}

/** A value as text: strings as they are, everything else as JSON. */
export function textOf(value: Json): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function requireValue(name: string, lookup: Lookup): Json {
  const value = lookup(name);
  if (value === undefined) throw new Error(`template {{${name}}} has no value`);
  return value;
}
