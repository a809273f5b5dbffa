// One command as a whole process, with the processes that it starts: time on the clock, processor time, peak memory.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const MEASURE = 'TIMEFORMAT="%R %U %S"; { time "$@" >"$0.out" 2>"$0.err"; } 2>"$0.time"';
const GNU_TIME = "/usr/bin/time";

/**
 * @param folder where its output may go
 * @returns code, wallMs, cpuMs (user and system, children included), said: the end of what it printed
 */
export function measure(command, folder, env = {}) {
  const files = join(folder, "measured");
  const { status } = spawnSync("bash", ["-c", MEASURE, files, ...command], {
    cwd: folder,
    env: { ...process.env, ...env },
    timeout: 120_000,
  });
  const [wall, user, system] = readFileSync(`${files}.time`, "utf8").trim().split("\n").at(-1).split(" ").map(Number);
  const said = readFileSync(`${files}.out`, "utf8") + readFileSync(`${files}.err`, "utf8");
  return { code: status, wallMs: wall * 1000, cpuMs: (user + system) * 1000, said: said.slice(-2000) };
}

/** Peak memory of the largest of its processes in MB; null without GNU time. */
export function peakMb(command, folder, env = {}) {
  if (!existsSync(GNU_TIME)) return null;
  const { stderr } = spawnSync(GNU_TIME, ["-f", "%M", ...command], {
    cwd: folder,
    env: { ...process.env, ...env },
    encoding: "utf8",
    timeout: 120_000,
  });
  const kilobytes = Number(stderr.trim().split("\n").at(-1));
  return Number.isNaN(kilobytes) ? null : Math.round(kilobytes / 1024);
}
