/**
 * An extension may live in another schema in every database (Supabase keeps them in "extensions"), and PostgreSQL prints
 * that schema in front of its functions, types and operators. Each expression gets one more rendering, without the
 * schemas that extensions live in: so two databases that differ in nothing else agree.
 */
import { compareText } from "../model/names.js";
import type { Expression, Extension, SchemaModel } from "../model/schema.js";

/**
 * plpgsql lives in pg_catalog and brings nothing that expressions use. The application's own schema keeps its name, or
 * its objects could no longer be told from others; except public, where the throwaway server installs extensions.
 */
function schemasOf(extensions: readonly Extension[], own: readonly string[]): string[] {
  const kept = ["pg_catalog", ...own.filter((schema) => schema !== "public")];
  const schemas = new Set(extensions.map(({ schema }) => schema));
  return [...schemas].filter((schema) => !kept.includes(schema)).sort(compareText);
}

/** The model, every expression in it with the neutral rendering; the same object when no extension is installed. */
export function withNeutralRenderings(model: SchemaModel): SchemaModel {
  const schemas = schemasOf(
    model.extensions,
    model.schemas.map(({ name }) => name),
  );
  if (schemas.length === 0) return model;
  const qualifier = new RegExp(`(?<![\\w"])(?:${schemas.map(spelled).join("|")})\\.`, "g");
  return mapExpressions(model, (expression) => {
    const renderings = new Set(expression.renderings);
    for (const text of expression.renderings)
      renderings.add(outsideQuotes(text, (part) => part.replace(qualifier, "")));
    return { text: expression.text, renderings: [...renderings] };
  }) as SchemaModel;
}

/** As PostgreSQL prints the name: bare when it is a plain lower-case word, else in quotes. */
function spelled(schema: string): string {
  const quoted = `"${schema.replaceAll('"', '""')}"`;
  const escaped = (text: string) => text.replace(/[.*+?^$()|[\]{}\\]/g, "\\$&");
  return /^[a-z_][a-z0-9_]*$/.test(schema) ? `${escaped(schema)}|${escaped(quoted)}` : escaped(quoted);
}

/** Literals are data: nothing in them is a qualifier. */
function outsideQuotes(text: string, change: (part: string) => string): string {
  return text
    .split(/((?:[eE])?'(?:[^']|'')*')/)
    .map((part, i) => (i % 2 === 1 ? part : change(part)))
    .join("");
}

function mapExpressions(value: unknown, change: (expression: Expression) => Expression): unknown {
  if (Array.isArray(value)) return value.map((each) => mapExpressions(each, change));
  if (typeof value !== "object" || value === null) return value;
  if ("renderings" in value) return change(value as Expression);
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, mapExpressions(each, change)]));
}
