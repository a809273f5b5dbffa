/** Names in templates: `{{projectId}}`, `{{env.APP_URL}}`. What replaces them is the business of src/smoke. */
import type { Json } from "../../model/report.js";

const TEMPLATE = /\{\{([^{}]*)\}\}/g;
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
const ENVIRONMENT = /^env\.[A-Za-z_][A-Za-z0-9_]*$/;

/** Names that every run has. */
export const BUILT_IN: readonly string[] = ["runId", "uuid", "now"];

/** The names in a text, each once, in order. */
export function templateNames(text: string): string[] {
  return [...new Set([...text.matchAll(TEMPLATE)].map((match) => (match[1] ?? "").trim()))];
}

/** The text with something harmless in the place of each template. */
export function withoutTemplates(text: string, instead = "x"): string {
  return text.replaceAll(TEMPLATE, instead);
}

/** The text with the values that are known; other templates stay. */
export function fillIn(text: string, values: ReadonlyMap<string, Json>): string {
  return text.replaceAll(TEMPLATE, (whole, name: string) => {
    const value = values.get(name.trim());
    return value === undefined ? whole : typeof value === "string" ? value : JSON.stringify(value);
  });
}

/** Braces that look like a template and would be sent as they stand: `{{name}`, `{{{a}}}`. */
export function hasStrayBraces(text: string): boolean {
  return /\{\{/.test(text.replaceAll(TEMPLATE, ""));
}

/** Whether a template of this name is filled in by every run. */
export function isBuiltIn(name: string): boolean {
  return BUILT_IN.includes(name) || ENVIRONMENT.test(name);
}

/** Why a variable, secret or capture cannot have this name, or null. */
export function nameProblem(name: string): string | null {
  if (!NAME.test(name)) return `${JSON.stringify(name)} cannot stand in {{...}}: use letters, digits and _`;
  if (BUILT_IN.includes(name) || name === "env") return `${JSON.stringify(name)} is a name that every run fills in`;
  return null;
}
