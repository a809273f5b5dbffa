/** Where the run file of a smoke run is, and what is said about it. */
import { readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { SchemareadyError } from "../errors/index.js";
import { displaySafe } from "../report/index.js";
import { RUN_FILE_DIRECTORY, type SmokeInput } from "../smoke/index.js";
import type { CliIo } from "./io.js";

export interface RunFileOutput {
  readonly target: NonNullable<SmokeInput["runFile"]>;
  /** After the run: what to do when something is left. */
  sayWhatIsLeft(leftovers: number): void;
}

/** @param path as the settings say; null: in the working directory, or where temporary files are when that is read-only */
export function runFileOutput(path: string | null, quiet: boolean, io: CliIo): RunFileOutput {
  const say = (text: string) => io.stderr.write(`${displaySafe(text)}\n`);
  let opened: string | null = null;
  if (!quiet && path === null) for (const earlier of earlierRunFiles(io.directory)) say(hint(earlier));
  return {
    target: {
      paths: (runId) => {
        const name = `smoke-${runId}.jsonl`;
        return path === null
          ? [join(io.directory, RUN_FILE_DIRECTORY, name), join(tmpdir(), `schemaready-${name}`)]
          : [path];
      },
      onOpen: (file) => {
        opened = shown(file, io);
        if (!quiet) say(`run file: ${opened} (removed again when everything is cleaned up)`);
      },
      onProblem: (message) => say(`the run file could not be written: ${message}`),
    },
    sayWhatIsLeft: (leftovers) => {
      if (opened !== null && leftovers > 0 && !quiet) say(`try again later: ${commandFor(opened)}`);
    },
  };
}

/**
 * The run file to clean up by.
 * @throws SchemareadyError RUN_FILE
 */
export function readRunFile(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new SchemareadyError("RUN_FILE", `${path} cannot be read: ${reason}.`, { cause: error });
  }
}

function earlierRunFiles(directory: string): string[] {
  try {
    const names = readdirSync(join(directory, RUN_FILE_DIRECTORY));
    return names
      .filter((name) => /^smoke-.+\.jsonl$/.test(name))
      .sort()
      .map((name) => join(RUN_FILE_DIRECTORY, name));
  } catch {
    return [];
  }
}

function hint(file: string): string {
  return `an earlier run has not cleaned up, or is still going: ${commandFor(file)}`;
}

function commandFor(file: string): string {
  return `schemaready smoke --cleanup-only ${file}`;
}

function shown(path: string, { directory }: CliIo): string {
  const short = relative(directory, path);
  return short.startsWith("..") ? path : short;
}
