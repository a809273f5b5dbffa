import { displaySafe } from "../report/index.js";
import type { CliIo } from "./io.js";

export type Progress = (message: string) => void;

/** Lines on stderr for a person who waits; silent when nobody watches, so that logs of jobs hold results only. */
export function createProgress({ stderr }: CliIo, quiet: boolean): Progress {
  return quiet || !stderr.isTTY ? () => {} : (message) => stderr.write(`${displaySafe(message)}\n`);
}
