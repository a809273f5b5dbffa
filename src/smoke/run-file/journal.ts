/** Writes the run file: each line is on the disk before what it announces happens. */
import { constants, type FileHandle, mkdir, open, rm, rmdir } from "node:fs/promises";
import { basename, dirname } from "node:path";
import type { RunHeader, RunLine, RunThing } from "./format.js";

/** Directory that is made for run files, and removed with the last of them. */
export const RUN_FILE_DIRECTORY = ".schemaready";

export type Thing = Omit<RunThing, "kind" | "entry">;

/** What is remembered outside the process about things that a run creates. */
export interface Journal {
  /**
   * Before a request that creates something is sent.
   * @returns the number of the entry
   * @throws Error when it cannot be written: then the request must not be sent
   */
  creating(thing: Thing): Promise<number>;
  /** It is there, and this is how it can be removed. Never throws: it has happened already. */
  created(entry: number, thing: Thing): Promise<void>;
  /** It is not there: removed, or never created. Never throws. */
  gone(entry: number): Promise<void>;
  /** Ends the file: removes it when nothing is left. */
  close(): Promise<void>;
}

/** For runs without a run file. */
export const NO_JOURNAL: Journal = {
  creating: () => Promise.resolve(0),
  created: () => Promise.resolve(),
  gone: () => Promise.resolve(),
  close: () => Promise.resolve(),
};

export interface JournalTarget {
  /** Tried in this order; the first that can be written is taken. */
  readonly paths: (runId: string) => readonly string[];
  /** Called when the file is made: before the first request that creates something. */
  readonly onOpen: (path: string) => void;
  /** What could not be written about something that has happened. */
  readonly onProblem: (message: string) => void;
}

/** A journal whose file is made when it is needed first: a run that creates nothing leaves no trace. */
export function createJournal(target: JournalTarget, header: RunHeader): Journal {
  return journal(async () => {
    const opened = await openFirst(target.paths(header.runId));
    await append(opened.file, header);
    target.onOpen(opened.path);
    return opened;
  }, target.onProblem);
}

/** The journal of a run that is over: entries become `gone`. */
export function continueJournal(path: string, things: readonly RunThing[], onProblem: (text: string) => void): Journal {
  const opened = open(path, "a").then((file) => ({ file, path }));
  opened.catch(() => {});
  return journal(() => opened, onProblem, things);
}

interface Opened {
  readonly file: FileHandle;
  readonly path: string;
}

function journal(
  openFile: () => Promise<Opened>,
  onProblem: (text: string) => void,
  earlier: readonly RunThing[] = [],
): Journal {
  const there = new Set(earlier.map(({ entry }) => entry));
  let last = Math.max(0, ...there);
  let opening: Promise<Opened> | null = earlier.length > 0 ? openFile() : null;
  let before: Promise<unknown> = Promise.resolve();
  // One after the other: flows that run side by side must not write into each other's lines.
  const write = (line: RunLine): Promise<void> => {
    opening ??= openFile();
    const opened = opening;
    const written = before.then(async () => append((await opened).file, line));
    before = written.catch(() => {});
    return written;
  };
  const note = (line: RunLine) => write(line).catch((error: unknown) => onProblem(reasonOf(error)));
  return {
    creating: async (thing) => {
      const entry = ++last;
      try {
        await write({ kind: "creating", entry, ...thing });
      } catch (error) {
        throw new Error(`the run file cannot be written: ${reasonOf(error)}`, { cause: error });
      }
      there.add(entry);
      return entry;
    },
    created: async (entry, thing) => {
      if (there.has(entry)) await note({ kind: "created", entry, ...thing });
    },
    gone: async (entry) => {
      if (there.delete(entry)) await note({ kind: "gone", entry });
    },
    close: async () => {
      await before;
      const opened = await opening?.catch(() => null);
      if (opened === null || opened === undefined) return;
      await opened.file.close().catch(() => {});
      if (there.size === 0) await remove(opened.path).catch((error: unknown) => onProblem(reasonOf(error)));
    },
  };
}

/** On the disk when this returns: a machine that loses its power has lost nothing that was sent. */
async function append(file: FileHandle, line: RunLine): Promise<void> {
  await file.appendFile(`${JSON.stringify(line)}\n`);
  await file.sync();
}

/** A file that is there already is the list of another run: it is never written over. */
const NEW_FILE = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_APPEND;

async function openFirst(paths: readonly string[]): Promise<Opened> {
  let failure: unknown = new Error("no place for it was given");
  for (const path of paths) {
    try {
      if (basename(dirname(path)) === RUN_FILE_DIRECTORY) await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      return { file: await open(path, NEW_FILE, 0o600), path };
    } catch (error) {
      failure = error;
    }
  }
  throw failure;
}

async function remove(path: string): Promise<void> {
  await rm(path, { force: true });
  // Only when it is empty; otherwise other runs need it.
  if (basename(dirname(path)) === RUN_FILE_DIRECTORY) await rmdir(dirname(path)).catch(() => {});
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
