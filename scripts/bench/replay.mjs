// The replay with its provenance, and the same scripts on the same server without any reading.
import { replay } from "../../dist/expect/replay/index.js";
import { readMigrationDirectory } from "../../dist/history/index.js";

/** Plain and replay take turns, so that a machine that is busy for a while is busy for both. The best round counts. */
export async function measureReplay({ scratch, directory: path, rounds }) {
  const directory = await readMigrationDirectory({ tool: "prisma", directory: path });
  let plainMs = Number.POSITIVE_INFINITY;
  let replayMs = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round++) {
    plainMs = Math.min(plainMs, await timed(scratch, (connection) => sendAll(connection, directory)));
    replayMs = Math.min(replayMs, await timed(scratch, (connection) => replayAll(connection, directory)));
  }
  return { plainMs, replayMs };
}

async function timed(scratch, work) {
  const connection = await scratch.connect();
  try {
    const started = performance.now();
    await work(connection);
    return performance.now() - started;
  } finally {
    await connection.close();
  }
}

async function sendAll(connection, { scripts }) {
  for (const { sql } of scripts) await connection.execute(sql);
}

async function replayAll(connection, directory) {
  const { failures } = await replay({ directory, connection, schemas: "all", keepGoing: false });
  if (failures.length > 0) throw new Error(`the generated migrations fail: ${failures[0].message}`);
}
