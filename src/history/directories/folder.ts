/** One directory on the disk, with everything that is wrong with it or worth saying collected instead of thrown. */
import { readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import type { Problem } from "../../errors/index.js";
import type { MigrationWarning, MigrationWarningCode } from "../../model/migrations.js";
import { compareBytes } from "./order.js";

export interface Entry {
  readonly name: string;
  readonly isDirectory: boolean;
}

export interface TextFile {
  /** Relative to the directory, with `/`. */
  readonly file: string;
  readonly bytes: Buffer;
  /** Without a byte order mark. */
  readonly text: string;
}

export interface Folder {
  /** As it was given. */
  readonly directory: string;
  /** What is directly in it, by the bytes of the names, without names that begin with a dot. */
  readonly entries: readonly Entry[];
  readonly problems: Problem[];
  readonly warnings: MigrationWarning[];
  /** The entries of a directory in it; a directory that cannot be listed is a problem and has none. */
  list(relative: string): Promise<readonly Entry[]>;
  /** Null when the file cannot be read as UTF-8 text, which is then a problem. */
  read(file: string): Promise<TextFile | null>;
  warn(code: MigrationWarningCode, file: string | null, message: string): void;
  problem(file: string | null, message: string, line?: number): void;
}

const MAX_BYTES = 64 * 1024 * 1024;

/** Opens a directory; never throws for what is on the disk: each trouble is one of its problems. Links are followed. */
export async function openFolder(directory: string): Promise<Folder> {
  const problems: Problem[] = [];
  const warnings: MigrationWarning[] = [];
  const problem: Folder["problem"] = (file, message, line) => {
    const place = file === null ? directory : line === undefined ? file : `${file}:${line}`;
    problems.push({ place, message });
  };
  const warn: Folder["warn"] = (code, file, message) => void warnings.push({ code, file, message });
  const list: Folder["list"] = async (relative) => {
    try {
      return await entriesOf(path.join(directory, relative));
    } catch (error) {
      problem(relative === "" ? null : relative, describe(error));
      return [];
    }
  };
  const read: Folder["read"] = async (file) => {
    try {
      const bytes = await readRegularFile(path.join(directory, file));
      const text = decode(bytes);
      if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) warn("BYTE_ORDER_MARK", file, BOM);
      return { file, bytes, text };
    } catch (error) {
      problem(file, describe(error));
      return null;
    }
  };
  return { directory, entries: await list(""), problems, warnings, list, read, warn, problem };
}

const BOM =
  "begins with a byte order mark; it is left out here, but PostgreSQL takes it for a name when a tool sends it along";

async function entriesOf(directory: string): Promise<Entry[]> {
  const names = (await readdir(directory)).filter((name) => !name.startsWith("."));
  const entries = names.map(async (name) => ({ name, isDirectory: await isDirectory(path.join(directory, name)) }));
  return (await Promise.all(entries)).sort((a, b) => compareBytes(a.name, b.name));
}

/** A link that leads nowhere counts as a file: reading it then says what is wrong. */
async function isDirectory(file: string): Promise<boolean> {
  try {
    return (await stat(file)).isDirectory();
  } catch {
    return false;
  }
}

class UnusableFile extends Error {}

async function readRegularFile(file: string): Promise<Buffer> {
  const { size, ...stats } = await statOf(file);
  if (stats.isDirectory) throw new UnusableFile("this is a directory, and a file is expected");
  if (!stats.isFile) throw new UnusableFile("this is not a regular file");
  if (size > MAX_BYTES) throw new UnusableFile("the file is larger than 64 MiB");
  return readFile(file);
}

async function statOf(file: string): Promise<{ size: number; isFile: boolean; isDirectory: boolean }> {
  const found = await stat(file);
  return { size: found.size, isFile: found.isFile(), isDirectory: found.isDirectory() };
}

function decode(bytes: Buffer): string {
  const [first, second] = bytes;
  const isUtf16 = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  if (isUtf16 || bytes.includes(0)) {
    throw new UnusableFile("the file is UTF-16 or holds NUL characters; save it as UTF-8");
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new UnusableFile("the file is not UTF-8 text; save it as UTF-8");
  }
}

const SYSTEM_ERRORS: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file or directory, or a symbolic link to one",
  ENOTDIR: "this is a file, and a directory is expected",
  EACCES: "it may not be read (permission denied)",
  EPERM: "it may not be read (permission denied)",
  ELOOP: "the symbolic links lead in a circle",
};

function describe(error: unknown): string {
  if (error instanceof UnusableFile) return error.message;
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return SYSTEM_ERRORS[code] ?? `it cannot be read (${code || String(error)})`;
}
