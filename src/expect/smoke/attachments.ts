/** Files that flows send or take rows from: they stand beside the check file or below its folder, and nowhere else. */
import { constants } from "node:fs";
import { open, realpath } from "node:fs/promises";
import path from "node:path";
import type { Path } from "../load/place.js";
import type { CheckFileContent, FlowSection, RequestSection, StepSection } from "../schema/check-file.js";
import { templateNames } from "./templates.js";

/** A file as it is on the disk, or why it cannot be used. */
export type Attachment = { readonly bytes: Uint8Array } | { readonly problem: string };

/** By the text in the check file. */
export type Attachments = ReadonlyMap<string, Attachment>;

/** A place in the check file that names a file. */
export interface FileReference {
  readonly text: string;
  readonly path: Path;
}

const MAX_BYTES = 10 * 1024 * 1024;
const MAX_TOTAL_BYTES = 50 * 1024 * 1024;

/** Reads every file that the flows name, once. Never throws for what is on the disk: each trouble is a problem. */
export async function readAttachments(checkFile: string, content: CheckFileContent): Promise<Attachments> {
  const read = new Map<string, Attachment>();
  let total = 0;
  for (const { text } of fileReferences(content)) {
    if (read.has(text)) continue;
    const attachment = await readOne(path.dirname(checkFile), text, MAX_TOTAL_BYTES - total);
    if ("bytes" in attachment) total += attachment.bytes.length;
    read.set(text, attachment);
  }
  return read;
}

/** Every place that names a file. */
export function fileReferences({ smoke }: CheckFileContent): FileReference[] {
  return [...(smoke?.flows ?? [])].flatMap(([id, flow]) => {
    const at = ["smoke", "flows", id];
    const steps = [...flow.steps].flatMap(([step, section]) => inStep(section, [...at, "steps", step]));
    return [...inRows(flow, at), ...steps];
  });
}

function inRows({ each }: FlowSection, at: Path): FileReference[] {
  return each === undefined || Array.isArray(each) ? [] : [{ text: each.file, path: [...at, "each", "file"] }];
}

function inStep({ request, cleanup }: StepSection, at: Path): FileReference[] {
  const cleanups = cleanup === undefined ? [] : [cleanup].flat();
  const place = (i: number) =>
    Array.isArray(cleanup) ? [...at, "cleanup", i, "request"] : [...at, "cleanup", "request"];
  return [
    ...inRequest(request, [...at, "request"]),
    ...cleanups.flatMap((each, i) => inRequest(each.request, place(i))),
  ];
}

function inRequest(request: RequestSection | undefined, at: Path): FileReference[] {
  if (request === undefined || typeof request === "string") return [];
  const whole = request.file === undefined ? [] : [{ text: request.file, path: [...at, "file"] }];
  const parts = [...(request.multipart ?? [])].flatMap(([name, entry]) => {
    const here = [...at, "multipart", name];
    return [entry].flat().flatMap((part, i): FileReference[] => {
      if (typeof part !== "object" || part === null || part.file === undefined) return [];
      return [{ text: part.file, path: [...here, ...(Array.isArray(entry) ? [i] : []), "file"] }];
    });
  });
  return [...whole, ...parts];
}

async function readOne(folder: string, text: string, room: number): Promise<Attachment> {
  if (templateNames(text).length > 0) return { problem: "the name of a file takes no template" };
  if (path.isAbsolute(text) || leadsOut(path.relative(folder, path.resolve(folder, text)))) return { problem: OUTSIDE };
  try {
    const real = await realpath(path.resolve(folder, text));
    if (leadsOut(path.relative(await realpath(folder), real))) return { problem: OUTSIDE };
    return await readRegular(real, room);
  } catch (error) {
    return { problem: describe(error) };
  }
}

const OUTSIDE = "only files beside the check file or below its folder can be used";

function leadsOut(relative: string): boolean {
  return relative === ".." || relative.startsWith(`..${path.sep}`) || path.isAbsolute(relative);
}

/** Not to wait for somebody who writes into a pipe; Windows has no such flag and no such pipes. */
const OPEN_FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

async function readRegular(file: string, room: number): Promise<Attachment> {
  const handle = await open(file, OPEN_FLAGS);
  try {
    const { size, ...kind } = await handle.stat().then((stats) => ({ size: stats.size, isFile: stats.isFile() }));
    if (!kind.isFile) return { problem: "this is not a regular file" };
    if (size > MAX_BYTES) return { problem: "the file is larger than 10 MiB" };
    if (size > room) return { problem: "the files of one check file are larger than 50 MiB together" };
    return { bytes: await handle.readFile() };
  } finally {
    await handle.close();
  }
}

function describe(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (code === "ENOENT") return "there is no such file (looked for from the folder of the check file)";
  if (code === "EACCES" || code === "EPERM") return "the file may not be read (permission denied)";
  return `the file cannot be read (${code || String(error)})`;
}
