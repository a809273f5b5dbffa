/** Runs the application: settings from the environment, one line on standard output when it listens. */
import { randomBytes } from "node:crypto";
import { pino } from "pino";
import { buildApp } from "./app.js";
import { openDatabase } from "./database.js";
import { startWorker } from "./worker.js";

const { DATABASE_URL, PORT = "0", HOST = "127.0.0.1", LOG_LEVEL = "warn", JWT_SECRET } = process.env;

if (!DATABASE_URL) {
  process.stderr.write("DATABASE_URL is not set; example: postgresql://app@127.0.0.1:5432/avatar_creator\n");
  process.exit(2);
}

const log = pino({ level: LOG_LEVEL }, pino.destination(2));
const database = openDatabase(DATABASE_URL);
// Without a secret of its own each process signs with a random one: tokens end with it.
const app = buildApp({ database, secret: JWT_SECRET ?? randomBytes(32).toString("hex") }, log);
const worker = startWorker(database, log);

// Started by another program that holds our standard input open: end when it has ended, even by SIGKILL.
if (process.env.END_WITH_PARENT) process.stdin.resume().once("end", () => process.exit(1));
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void stop());

const url = await app.listen({ host: HOST, port: Number(PORT) });
process.stdout.write(`${JSON.stringify({ listening: url })}\n`);

/** Requests and the current generation are finished first. */
async function stop(): Promise<void> {
  await app.close();
  await worker.stop();
  await database.close();
}
