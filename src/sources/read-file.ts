/** One file that a person or a check file names. A pipe that nobody writes into, or a device without end, stops nothing. */
import { constants } from "node:fs";
import { open } from "node:fs/promises";

/** Why a file cannot be read, in words that follow its name. */
export class UnreadableFile extends Error {
  override readonly name = "UnreadableFile";

  constructor(
    message: string,
    readonly reason: "directory" | "size" | "other" = "other",
  ) {
    super(message);
  }
}

/** What a shell makes of `<(pg_dump ...)`, and standard input: somebody has just opened the other end. */
const HANDED_OVER = /^\/(?:dev\/(?:stdin|fd\/\d+)|proc\/self\/fd\/\d+)$/;

/** @throws UnreadableFile */
export async function readFileWithin(path: string, maxBytes: number): Promise<Buffer> {
  try {
    return await read(path, maxBytes);
  } catch (error) {
    if (error instanceof UnreadableFile) throw error;
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
    throw new UnreadableFile(SYSTEM_ERRORS[code] ?? `it cannot be read (${code})`);
  }
}

async function read(path: string, maxBytes: number): Promise<Buffer> {
  const isHandedOver = HANDED_OVER.test(path);
  // To open a pipe waits for its other end, in a thread that keeps the process from ending. Windows has neither.
  const flags = constants.O_RDONLY | (isHandedOver ? 0 : (constants.O_NONBLOCK ?? 0));
  const handle = await open(path, flags);
  try {
    const stats = await handle.stat();
    if (stats.isDirectory()) throw new UnreadableFile("it is a directory", "directory");
    if (!stats.isFile() && !isHandedOver)
      throw new UnreadableFile("it is no regular file (a pipe, a socket, a device)");
    const chunks: Buffer[] = [];
    // Not stat().size: pipes and files of /proc have none.
    for await (const chunk of handle.createReadStream({ end: maxBytes, autoClose: false }))
      chunks.push(chunk as Buffer);
    const bytes = Buffer.concat(chunks);
    if (bytes.length > maxBytes) throw new UnreadableFile(`it is larger than ${sizeOf(maxBytes)}`, "size");
    return bytes;
  } finally {
    await handle.close();
  }
}

function sizeOf(bytes: number): string {
  const mebibytes = bytes / 1024 ** 2;
  return Number.isInteger(mebibytes) ? `${mebibytes} MiB` : `${bytes} bytes`;
}

const SYSTEM_ERRORS: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  ENOTDIR: "there is no such file",
  EACCES: "it may not be read (permission denied)",
  EPERM: "it may not be read (permission denied)",
  ENXIO: "it is no regular file (a pipe, a socket, a device)",
  ELOOP: "the symbolic links lead in a circle",
};
