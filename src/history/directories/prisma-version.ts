/** Which order the project's Prisma uses: byte order up to 6.5, localeCompare from 6.6 (March 2025). */
import { readFile } from "node:fs/promises";
import path from "node:path";

export type PrismaOrder = "bytes" | "locale";

export interface ChosenOrder {
  readonly order: PrismaOrder;
  /** For the warning: where it comes from, without any path. */
  readonly because: string;
}

/**
 * The nearest installed Prisma decides, else the nearest package.json that asks for it; a range that allows 6.6 counts as
 * 6.6, because that is what an installation today gets. Nothing found, or unreadable: the order of today's Prisma.
 */
export async function prismaOrderOf(directory: string): Promise<ChosenOrder> {
  for (const ancestor of ancestorsOf(directory)) {
    const installed = await readJson(path.join(ancestor, "node_modules", "prisma", "package.json"));
    const version = text(installed?.["version"]);
    if (version !== null) return chosen(version, "installed");
    const asked = requirement(await readJson(path.join(ancestor, "package.json")));
    if (asked !== null) return chosen(asked, "in package.json");
  }
  return { order: "locale", because: "no version of Prisma found" };
}

/** The order for a version or a range of npm: `6.5.0`, `^6.2.0`, `~5.1`, `>=4 <6`, `6.x`. */
export function orderForVersion(version: string): PrismaOrder {
  const [, operator = "", major = "", minor = ""] = /(\^|~|>=?|<=?)?\s*v?(\d+)(?:\.(\d+|[xX*]))?/.exec(version) ?? [];
  if (major === "" || operator.startsWith(">")) return "locale";
  if (Number(major) !== 6) return Number(major) < 6 ? "bytes" : "locale";
  const isOpen = operator === "^" || !/^\d+$/.test(minor);
  return isOpen || Number(minor) >= 6 ? "locale" : "bytes";
}

function chosen(version: string, where: string): ChosenOrder {
  return { order: orderForVersion(version), because: `Prisma ${version} ${where}` };
}

function requirement(manifest: Readonly<Record<string, unknown>> | null): string | null {
  for (const section of ["dependencies", "devDependencies"]) {
    const packages = record(manifest?.[section]);
    const version = text(packages?.["prisma"]) ?? text(packages?.["@prisma/client"]);
    if (version !== null) return version;
  }
  return null;
}

function ancestorsOf(directory: string): string[] {
  const ancestors = [path.resolve(directory)];
  for (let next = path.dirname(ancestors[0] ?? ""); next !== ancestors.at(-1); next = path.dirname(next)) {
    ancestors.push(next);
  }
  return ancestors;
}

async function readJson(file: string): Promise<Readonly<Record<string, unknown>> | null> {
  try {
    return record(JSON.parse(await readFile(file, "utf8")));
  } catch {
    // No such file, or one that nobody could use: the search goes on.
    return null;
  }
}

function record(value: unknown): Readonly<Record<string, unknown>> | null {
  return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : null;
}

const text = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null);
