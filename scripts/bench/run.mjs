// One command of schemaready in a process of its own, with its time and its peak memory.
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const CLI = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));

/** The peak memory of the command itself; PostgreSQL is another process. */
const TELL_MEMORY = `data:text/javascript,${encodeURIComponent(
  'import { writeSync } from "node:fs"; process.on("exit", () => writeSync(3, String(process.resourceUsage().maxRSS)));',
)}`;

/**
 * Runs it to its end, or for `timeoutMs`.
 * @returns code (null: it was stopped), stdout, stderr, seconds, memoryMb
 */
export function runCommand(args, timeoutMs = 600_000) {
  const started = performance.now();
  return new Promise((done, failed) => {
    const child = spawn(process.execPath, ["--import", TELL_MEMORY, CLI, ...args], {
      stdio: ["ignore", "pipe", "pipe", "pipe"],
    });
    const texts = ["", "", "", ""];
    for (const fd of [1, 2, 3]) {
      child.stdio[fd].setEncoding("utf8").on("data", (text) => {
        texts[fd] += text;
      });
    }
    const timer = setTimeout(() => child.kill("SIGTERM"), timeoutMs);
    child.once("error", failed);
    child.once("close", (code, signal) => {
      clearTimeout(timer);
      const stopped = signal !== null || code === 143;
      const seconds = (performance.now() - started) / 1000;
      done({
        code: stopped ? null : code,
        stdout: texts[1],
        stderr: texts[2],
        seconds,
        memoryMb: Number(texts[3]) / 1024,
      });
    });
  });
}

/** @throws Error when the command ends with another code than these: a time of something that failed says nothing */
export async function runMeasured(args, codes = [0]) {
  const result = await runCommand(args);
  if (codes.includes(result.code)) return result;
  throw new Error(`schemaready ${args.join(" ")} ended with ${result.code}:\n${result.stderr}`);
}
