import type { Json } from "./report.js";

/** The properties of a JSON object; none for every other value. */
export function properties(value: Json): { readonly [key: string]: Json | undefined } {
  return value !== null && typeof value === "object" && !isList(value) ? value : {};
}

/** The strings of a JSON list; none for every other value. */
export function strings(value: Json | undefined): readonly string[] {
  return value !== undefined && isList(value) ? value.filter((item) => typeof item === "string") : [];
}

/** Array.isArray does not narrow readonly arrays. */
function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
