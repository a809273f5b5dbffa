/**
 * Fills the database DATABASE_URL.
 *
 *   node dist/demo/prepare.js incident   builds the incident in an empty database (see incident.ts); prints one JSON line,
 *                                        with a token of the customer if JWT_SECRET is set
 *   node dist/demo/prepare.js seed       adds the reference data: what `npx prisma db seed` would run
 */
import pg from "pg";
import { signToken } from "./app/token.js";
import { buildIncident } from "./incident.js";
import { readMigrations } from "./migrations.js";
import { MIGRATIONS } from "./paths.js";
import { seedModels, seedPresets } from "./seed.js";

const { DATABASE_URL, JWT_SECRET } = process.env;
const [, , command] = process.argv;

if (!DATABASE_URL || (command !== "incident" && command !== "seed")) {
  process.stderr.write("usage: DATABASE_URL=postgresql://… prepare.js incident | seed\n");
  process.exit(2);
}

const client = new pg.Client({ connectionString: DATABASE_URL, application_name: "prepare" });
try {
  await client.connect();
  if (command === "incident") await incident();
  else await seed();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
} finally {
  await client.end();
}

async function incident(): Promise<void> {
  const built = await buildIncident(client, await readMigrations(MIGRATIONS));
  // The customer is still signed in: tokens from before the release are good for a week.
  const token = JWT_SECRET ? signToken(built.userId, JWT_SECRET) : null;
  process.stdout.write(`${JSON.stringify({ ...built, token })}\n`);
}

async function seed(): Promise<void> {
  await seedModels(client);
  await seedPresets(client);
  process.stdout.write("The reference data is there: models and presets of the avatar creator.\n");
}
