// What things cost: processor time as Linux counts it for the server, memory of other processes.
import { existsSync, readdirSync, readFileSync } from "node:fs";

/**
 * Processor time in ms of a server and all its processes, ended ones included (in steps of 10 ms for those).
 * Not a number where there is no /proc.
 */
export function serverCpuMs(pid) {
  if (!existsSync(`/proc/${pid}/schedstat`)) return Number.NaN;
  const ended = statOf(pid).slice(13, 15).map(Number);
  const running = [pid, ...childrenOf(pid)].map((each) => Number(read(`/proc/${each}/schedstat`).split(" ")[0]) / 1e6);
  return running.reduce((sum, ms) => sum + (ms || 0), 0) + (ended[0] + ended[1]) * 10;
}

/** Fields of /proc/PID/stat after the name, which may hold spaces; the first is the state. */
function statOf(pid) {
  return read(`/proc/${pid}/stat`).split(") ").at(-1)?.split(" ") ?? [];
}

export function childrenOf(pid) {
  return read(`/proc/${pid}/task/${pid}/children`).trim().split(/\s+/).filter(Boolean).map(Number);
}

/** Peak memory of a process and of those below it, in MB. */
export function peakMb(pid) {
  const own = Number(/VmHWM:\s+(\d+)/.exec(read(`/proc/${pid}/status`))?.[1] ?? 0) / 1024;
  return childrenOfAllThreads(pid).reduce((sum, child) => sum + peakMb(child), own);
}

function childrenOfAllThreads(pid) {
  const tasks = existsSync(`/proc/${pid}/task`) ? listed(`/proc/${pid}/task`) : [];
  return tasks.flatMap((task) => read(`/proc/${pid}/task/${task}/children`).trim().split(/\s+/).filter(Boolean));
}

function listed(folder) {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function read(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

export function atPart(sorted, part) {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

export function shown(value) {
  if (!Number.isFinite(value)) return "-";
  return value >= 100 ? String(Math.round(value)) : value.toFixed(value >= 10 ? 1 : 2);
}
