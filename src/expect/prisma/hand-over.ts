/**
 * Schemas of Prisma 4 to 7 as the engine of Prisma 7 takes them. It refuses the connection properties of a datasource
 * (they moved to prisma.config.ts) and preview features that have been removed. Neither says anything about the
 * database's schema, so both are blanked out: with spaces, so that the places of its complaints stay right.
 */
import type { Problem } from "../../errors/index.js";
import { type Block, blank, blocksOf, lineAt, withoutAsides } from "./blocks.js";
import type { PrismaFile } from "./files.js";

/** In place of the blanked generators: with the preview features that change what the engine writes. */
const GENERATOR: PrismaFile = {
  path: "schemaready.prisma",
  text: 'generator schemaready {\n  provider = "schemaready"\n  previewFeatures = ["postgresqlExtensions", "views", "partialIndexes"]\n}\n',
};

/** The files for the engine. Connection strings never reach it, so that no complaint can quote one. */
export function handOver(files: readonly PrismaFile[]): PrismaFile[] {
  return [...files.map(({ path, text }) => ({ path, text: blankedOut(text) })), GENERATOR];
}

const CONNECTION = /^[ \t]*(?:url|directUrl|shadowDatabaseUrl)[ \t]*=[^\r\n]*/gm;

/** Same length, same lines. */
export function blankedOut(text: string): string {
  const masked = withoutAsides(text);
  return blocksOf(masked).reduceRight((result, block) => blankedBlock(result, masked, block), text);
}

function blankedBlock(text: string, masked: string, { keyword, start, bodyStart, bodyEnd }: Block): string {
  if (keyword === "generator") return blankRange(text, start, Math.min(bodyEnd + 1, text.length));
  if (keyword !== "datasource") return text;
  const properties = [...masked.slice(bodyStart, bodyEnd).matchAll(CONNECTION)];
  return properties.reduce((result, { 0: property, index }) => {
    return blankRange(result, bodyStart + index, bodyStart + index + property.length);
  }, text);
}

function blankRange(text: string, start: number, end: number): string {
  return text.slice(0, start) + blank(text.slice(start, end)) + text.slice(end);
}

/** What a datasource says, as far as it matters before the engine is asked. */
export interface Datasource {
  readonly place: string;
  /** Null: none, or no literal; the engine says what is wrong with that. */
  readonly provider: string | null;
  /** The schemas of `schemas = [...]`; empty without it. */
  readonly schemas: readonly string[];
}

export function datasourcesOf(files: readonly PrismaFile[]): Datasource[] {
  return files.flatMap(({ path, text }) => {
    const masked = withoutAsides(text);
    const own = blocksOf(masked).filter(({ keyword }) => keyword === "datasource");
    return own.map(({ start, bodyStart, bodyEnd }) => {
      const strings = (property: RegExp) => stringsOf(text, masked, bodyStart, bodyEnd, property);
      const [provider] = strings(/^[ \t]*provider[ \t]*=[ \t]*("[^"\r\n]*")/m);
      return {
        place: `${path}:${lineAt(text, provider?.at ?? start)}`,
        provider: provider?.value ?? null,
        schemas: strings(/^[ \t]*schemas[ \t]*=[ \t]*(\[[^\]]*\])/m).map(({ value }) => value),
      };
    });
  });
}

/** The strings in a property's value: found where nothing misleads, read from the text itself. */
function stringsOf(text: string, masked: string, start: number, end: number, property: RegExp) {
  const match = property.exec(masked.slice(start, end));
  const value = match?.[1];
  if (match === null || value === undefined) return [];
  const valueAt = start + match.index + match[0].length - value.length;
  return [...value.matchAll(/"[^"]*"/g)].map(({ 0: string, index }) => {
    const at = valueAt + index;
    return { at, value: text.slice(at + 1, at + string.length - 1).replace(/\\(.)/g, "$1") };
  });
}

/** `postgres` is Prisma's other name for `postgresql`. */
const POSTGRESQL = ["postgresql", "postgres"];

/** Databases that schemaready does not read; the engine would write SQL for some of them. */
export function otherDatabases(datasources: readonly Datasource[]): Problem[] {
  return datasources.flatMap(({ place, provider }) => {
    if (provider === null || POSTGRESQL.includes(provider)) return [];
    // Anything but a name may be a connection string at the wrong place.
    const what = /^\w+$/.test(provider)
      ? `the provider is "${provider}"`
      : "the provider is none of PostgreSQL's names";
    return [{ place, message: `${what}; schemaready reads PostgreSQL only` }];
  });
}
