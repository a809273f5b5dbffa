// A migration holds ACCESS EXCLUSIVE on one of the tables: how long until there is an answer, and what it says.
import { readFileSync } from "node:fs";
import { parseConnectionString } from "../../../dist/config/index.js";
import { DEFAULT_LIMITS } from "../../../dist/db/index.js";
import { verify } from "../../../dist/verify.js";
import { SCHEMA } from "./database.mjs";
import { shown } from "./measure.mjs";
import { catalogByHand, informationSchema, open } from "./readings.mjs";

/** Who has no lock timeout is stopped by this one. */
const PATIENCE_MS = 3_000;

export async function measureLocked({ url, contract, tables }) {
  const held = tables[Math.floor(tables.length / 2)];
  const holder = await open(url);
  const input = {
    contract: JSON.parse(readFileSync(contract, "utf8")),
    connection: parseConnectionString(url),
    limits: DEFAULT_LIMITS,
  };
  await verify(input);
  await holder.query(`begin; lock table ${SCHEMA}.${held} in access exclusive mode`);
  try {
    return [
      await timed(`schemaready verify (lock timeout ${DEFAULT_LIMITS.lockTimeoutMs} ms)`, async () => {
        const { verdict, unverified } = await verify(input);
        const named = unverified.some(({ subject }) => subject.name === held || subject.relation === held);
        return `${verdict}; ${named ? "names the table" : "DOES NOT NAME THE TABLE"}: ${unverified[0]?.reason}`;
      }),
      await timed("pg_catalog by hand", () => byHand(url, catalogByHand, tables)),
      await timed("information_schema by hand", () => byHand(url, informationSchema, tables)),
    ];
  } finally {
    await holder.query("rollback");
    await holder.end();
  }
}

async function byHand(url, look, tables) {
  const client = await open(url);
  try {
    await client.query(`set statement_timeout = ${PATIENCE_MS}`);
    await look(client, tables);
    return "answers";
  } catch {
    return `no answer within ${PATIENCE_MS / 1000} s`;
  } finally {
    await client.end();
  }
}

async function timed(name, look) {
  const started = performance.now();
  const answer = await look();
  return { who: name, ms: shown(performance.now() - started), answer };
}
