/** The credit ledger: the balance is the newest row of the user. */
import type { Database } from "./database.js";
import { HttpError } from "./errors.js";
import { newId } from "./ids.js";
import { insertInto } from "./tables.js";

export const WELCOME_BONUS = 100;
export const COSTS = { generateAvatar: 10, uploadAvatar: 2, fromPreset: 8, fromReference: 12, editPersona: 0 } as const;

interface NewestRow {
  readonly balance: number;
  readonly createdAt: string;
}

/** Credits that the user has; 0 without any row. Throws QueryError. */
export async function balanceOf(database: Database, userId: string): Promise<number> {
  return (await newestRow(database, userId))?.balance ?? 0;
}

/** What an entry says besides its amount. */
export interface EntryText {
  readonly type: "bonus" | "usage" | "refund";
  readonly description: string;
  readonly referenceType: string | null;
  readonly referenceId: string | null;
}

/**
 * Adds `amount` (negative: spends) and returns the new balance. Call it inside a transaction: the user's row is locked
 * until its end, so that two requests at once cannot spend the same credits. Throws HttpError 402 when they are short.
 */
export async function book(database: Database, userId: string, amount: number, text: EntryText): Promise<number> {
  await lockUser(database, userId);
  const newest = await newestRow(database, userId);
  const current = newest?.balance ?? 0;
  if (current + amount < 0) throw new HttpError(402, { error: "Insufficient credits", required: -amount, current });
  // Two entries within one millisecond would leave open which of them holds the balance.
  const createdAt = new Date(Math.max(Date.now(), newest ? Date.parse(newest.createdAt) + 1 : 0)).toISOString();
  const entry = { id: newId(), userId, amount, balance: current + amount, ...text, createdAt };
  await database.run(insertInto("credits", "credit.create", entry));
  return current + amount;
}

/** Takes back what was booked with this reference, as if it had never been: later balances change with it. Inside a transaction. */
export async function unbook(database: Database, userId: string, referenceId: string): Promise<void> {
  await lockUser(database, userId);
  await database.query(
    "credit.updateMany",
    `UPDATE "credits" SET "balance" = "credits"."balance" - coalesce((
       SELECT sum(gone."amount") FROM "credits" AS gone
       WHERE gone."userId" = $1 AND gone."referenceId" = $2 AND gone."createdAt" <= "credits"."createdAt"), 0)
     WHERE "credits"."userId" = $1`,
    [userId, referenceId],
  );
  const text = `DELETE FROM "credits" WHERE "userId" = $1 AND "referenceId" = $2`;
  await database.query("credit.deleteMany", text, [userId, referenceId]);
}

/** Until the end of the transaction nobody else books for this user. */
async function lockUser(database: Database, userId: string): Promise<void> {
  await database.query("$queryRaw", `SELECT "users"."id" FROM "users" WHERE "users"."id" = $1 FOR UPDATE`, [userId]);
}

async function newestRow(database: Database, userId: string): Promise<NewestRow | undefined> {
  const [row] = await database.query<NewestRow>(
    "credit.findFirst",
    `SELECT "credits"."userId", "credits"."balance", "credits"."createdAt" FROM "credits"
     WHERE "credits"."userId" = $1 ORDER BY "credits"."createdAt" DESC LIMIT 1`,
    [userId],
  );
  return row;
}
