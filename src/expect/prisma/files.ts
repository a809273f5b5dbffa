/** The path that a person gives -> the texts of the Prisma schema, as Prisma itself would collect them. */
import { readdir, readFile, realpath, stat } from "node:fs/promises";
import path from "node:path";
import { type Problem, SchemareadyError } from "../../errors/index.js";
import { compareText } from "../../model/names.js";

export interface PrismaFile {
  /** As it is shown: the path as given, and below it with `/`. */
  readonly path: string;
  /** Without a byte order mark. */
  readonly text: string;
}

const MAX_BYTES = 8 * 1024 * 1024;
const MAX_FILES = 5000;

/**
 * A file is the schema; a package (a directory with a package.json) has it where Prisma looks for it; in any other
 * directory every *.prisma file at any depth is part of it (`prismaSchemaFolder`), sorted by path.
 * @param given as the person wrote it: problems name files by it
 * @throws SchemareadyError PRISMA_SCHEMA with every file that cannot be read
 */
export async function readPrismaFiles(given: string, directory: string): Promise<readonly PrismaFile[]> {
  const problems: Problem[] = [];
  const shown = await schemaPaths(given, directory, problems);
  const files: PrismaFile[] = [];
  for (const file of shown) {
    try {
      files.push({ path: file, text: await readText(path.resolve(directory, file)) });
    } catch (error) {
      problems.push({ place: file, message: describe(error) });
    }
  }
  if (problems.length === 0) return files;
  throw new SchemareadyError("PRISMA_SCHEMA", "The Prisma schema cannot be read.", { problems });
}

async function schemaPaths(given: string, directory: string, problems: Problem[]): Promise<readonly string[]> {
  try {
    const absolute = path.resolve(directory, given);
    if (!(await isDirectory(absolute))) return [given];
    const inPackage = await schemaOfPackage(absolute);
    const start = inPackage === null ? given : join(given, inPackage);
    if (!(await isDirectory(path.resolve(directory, start)))) return [start];
    const found = await prismaFilesIn(path.resolve(directory, start));
    if (found.length === 0) problems.push({ place: start, message: "there is no *.prisma file in this directory" });
    return found.map((file) => join(start, file));
  } catch (error) {
    problems.push({ place: given, message: describe(error) });
    return [];
  }
}

/** Where Prisma looks from a package's root: what its package.json names, else the default places. Null: no package. */
async function schemaOfPackage(absolute: string): Promise<string | null> {
  const manifest = await readFile(path.join(absolute, "package.json"), "utf8").catch(() => null);
  if (manifest === null) return null;
  const named = schemaInManifest(manifest);
  const places = named === null ? ["schema.prisma", "prisma/schema.prisma", "prisma/schema", "prisma"] : [named];
  for (const place of places) {
    if (await exists(path.join(absolute, place))) return place;
  }
  return named;
}

function schemaInManifest(text: string): string | null {
  try {
    const { prisma } = JSON.parse(text) as { prisma?: { schema?: unknown } };
    return typeof prisma?.schema === "string" ? prisma.schema : null;
  } catch {
    // Not our file: whoever uses it says what is wrong with it.
    return null;
  }
}

/** Relative paths with `/`, sorted by their characters, so that they are the same on every machine. Links are followed once. */
async function prismaFilesIn(absolute: string): Promise<string[]> {
  const found: string[] = [];
  const seen = new Set<string>();
  const visit = async (relative: string): Promise<void> => {
    const here = path.join(absolute, relative);
    const real = await realpath(here);
    if (seen.has(real)) return;
    seen.add(real);
    for (const name of (await readdir(here)).sort(compareText)) {
      const below = relative === "" ? name : `${relative}/${name}`;
      if (name === "node_modules" || name.startsWith(".")) continue;
      if (await isDirectory(path.join(here, name)).catch(() => false)) await visit(below);
      else if (name.endsWith(".prisma")) found.push(below);
      if (found.length > MAX_FILES) throw new UnusableFile(`there are more than ${MAX_FILES} *.prisma files in it`);
    }
  };
  await visit("");
  return found.sort(compareText);
}

class UnusableFile extends Error {}

async function readText(absolute: string): Promise<string> {
  const found = await stat(absolute);
  if (!found.isFile()) throw new UnusableFile("this is not a regular file");
  if (found.size > MAX_BYTES) throw new UnusableFile("the file is larger than 8 MiB");
  const bytes = await readFile(absolute);
  if (bytes.includes(0)) throw new UnusableFile("the file holds NUL characters (UTF-16?); save it as UTF-8");
  try {
    // The decoder leaves a byte order mark out.
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new UnusableFile("the file is not UTF-8 text; save it as UTF-8");
  }
}

async function isDirectory(absolute: string): Promise<boolean> {
  return (await stat(absolute)).isDirectory();
}

function exists(absolute: string): Promise<boolean> {
  return stat(absolute).then(
    () => true,
    () => false,
  );
}

/** With `/` on every system: paths in messages are the same everywhere. */
function join(...parts: readonly string[]): string {
  return path.join(...parts).replaceAll(path.sep, "/");
}

const SYSTEM_ERRORS: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file or directory",
  ENOTDIR: "there is no such file or directory",
  EACCES: "it may not be read (permission denied)",
  EPERM: "it may not be read (permission denied)",
  ELOOP: "the symbolic links lead in a circle",
};

function describe(error: unknown): string {
  if (error instanceof UnusableFile) return error.message;
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return SYSTEM_ERRORS[code] ?? `it cannot be read (${code || String(error)})`;
}
