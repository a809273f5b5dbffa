// Several ways to look at the same schema, in turns: what else the machine does falls on all of them.
import { fork } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { median } from "../median.mjs";
import { serverCpuMs, shown } from "./measure.mjs";

const READER = fileURLToPath(new URL("reader.mjs", import.meta.url));
/** A look that has not ended by then is told so. */
const LIMIT_MS = 60_000;
/** A connection that was closed is still ending. */
const SETTLE_MS = 30;

/**
 * @param kinds [kind of reader.mjs, what people call it]
 * @param between done before each look
 * @returns one row for each that could be measured
 */
export async function inTurns({ kinds, settings, serverPid, rounds, warmUp = 1, between = async () => {} }) {
  const readers = [];
  for (const [kind, name] of kinds) readers.push({ name, child: await start(kind, settings), looks: [], failed: null });
  for (let round = -warmUp; round < rounds; round++) {
    for (const reader of readers.filter(({ failed }) => failed === null)) {
      await between();
      const before = serverCpuMs(serverPid);
      const answer = await lookOnce(reader.child);
      await sleep(SETTLE_MS);
      if (typeof answer === "string") reader.failed = answer;
      else if (round >= 0) reader.looks.push({ ...answer, serverMs: serverCpuMs(serverPid) - before });
    }
  }
  await Promise.all(readers.map(({ child }) => end(child)));
  for (const { name, failed } of readers) if (failed !== null) console.log(`skipped: ${name}: ${failed}`);
  return readers.filter(({ looks }) => looks.length > 0).map(({ name, looks }) => rowOf(name, looks));
}

function rowOf(name, looks) {
  const middle = (key) => median(looks.map((look) => look[key]));
  return {
    name,
    ms: middle("ms"),
    serverMs: middle("serverMs"),
    clientMs: middle("cpuMs"),
    peakMb: looks.at(-1).peakMb,
  };
}

/** With the ratios of the wall and of the server's time to those of one of the rows. */
export function tableOf(rows, compared) {
  const base = rows.find(({ name }) => name === compared);
  return rows.map(({ name, ms, serverMs, clientMs, peakMb }) => ({
    what: name,
    "wall ms": shown(ms),
    [`of ${compared}`]: (ms / base.ms).toFixed(2),
    "server CPU ms": shown(serverMs),
    "client CPU ms": shown(clientMs),
    "client peak MB": Math.round(peakMb),
  }));
}

async function start(kind, settings) {
  const child = fork(READER, [kind, settings], { stdio: ["ignore", "inherit", "pipe", "ipc"] });
  let complaint = "";
  child.stderr.setEncoding("utf8").on("data", (text) => {
    complaint = (complaint + text).slice(-2_000);
  });
  child.complaint = () => /^\w*Error: .*$/m.exec(complaint)?.[0] ?? "it ended";
  await Promise.race([once(child, "message"), once(child, "exit")]);
  return child;
}

/** What it cost, or why it did not work. */
async function lookOnce(child) {
  if (!child.connected) return child.complaint();
  const waiting = new AbortController();
  const { signal } = waiting;
  const answer = Promise.race([
    once(child, "message", { signal }).then(([message]) => message),
    once(child, "exit", { signal }).then(() => child.complaint()),
    sleep(LIMIT_MS, `more than ${LIMIT_MS / 1000} s`, { signal }),
  ]);
  child.send("look");
  try {
    return await answer;
  } finally {
    waiting.abort();
    if (child.connected === false) child.kill();
  }
}

async function end(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  if (child.connected) child.send("end");
  const timer = setTimeout(() => child.kill("SIGKILL"), 5_000);
  await ended;
  clearTimeout(timer);
}
