/** What a command sees of the process: two streams, the environment, the working directory, the wish to stop. */
import { type Environment, environment } from "../config/index.js";
import { EXIT } from "../errors/index.js";

export interface Sink {
  write(text: string): void;
  readonly isTTY: boolean;
  /** Width of the terminal; null when there is none. */
  readonly columns: number | null;
}

export interface CliIo {
  readonly stdout: Sink;
  readonly stderr: Sink;
  readonly environment: Environment;
  readonly directory: string;
  /** Aborted by the first SIGINT or SIGTERM: clean up and return. */
  readonly signal: AbortSignal;
}

/** The real ones. */
export function processIo(signal: AbortSignal): CliIo {
  return {
    stdout: sink(process.stdout),
    stderr: sink(process.stderr),
    environment: environment(),
    directory: process.cwd(),
    signal,
  };
}

function sink(stream: NodeJS.WriteStream): Sink {
  // A reader that has seen enough (`| head -1`) closes the pipe; that is no error, and the exit code stays the verdict's.
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") process.exit(EXIT.usage);
  });
  return {
    write: (text) => void stream.write(text),
    isTTY: stream.isTTY === true,
    columns: stream.columns ?? null,
  };
}
