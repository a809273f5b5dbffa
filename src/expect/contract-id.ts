import { createHash } from "node:crypto";
import type { Application } from "../model/contract.js";
import { compareText } from "../model/names.js";

/** `sha256:` and the digest of the applications, whatever the order of the properties in memory. */
export function contractId(applications: readonly Application[]): string {
  return `sha256:${createHash("sha256").update(canonicalJson(applications)).digest("hex")}`;
}

/** JSON with sorted keys and without spaces: one text for one value. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  entries.sort(([a], [b]) => compareText(a, b));
  return `{${entries.map(([key, each]) => `${JSON.stringify(key)}:${canonicalJson(each)}`).join(",")}}`;
}
