/** A command line's surroundings that remember what was written. */
import { tmpdir } from "node:os";
import type { CliIo } from "../../src/cli/index.js";

export interface FakeIo extends CliIo {
  readonly out: () => string;
  readonly err: () => string;
}

/** @param parts what differs from: no terminal, an empty environment, a directory without ./checks, nobody stops */
export function fakeIo(
  parts: {
    environment?: CliIo["environment"];
    directory?: string;
    signal?: AbortSignal;
    tty?: boolean;
    columns?: number;
  } = {},
): FakeIo {
  const written = { out: "", err: "" };
  const sink = (name: "out" | "err") => ({
    isTTY: parts.tty ?? false,
    columns: parts.columns ?? null,
    write: (text: string) => {
      written[name] += text;
    },
  });
  return {
    stdout: sink("out"),
    stderr: sink("err"),
    environment: parts.environment ?? {},
    directory: parts.directory ?? tmpdir(),
    signal: parts.signal ?? new AbortController().signal,
    out: () => written.out,
    err: () => written.err,
  };
}
