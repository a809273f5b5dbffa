/** Takes pending generations one by one and makes avatars of them. The table is the queue. */
import { setTimeout } from "node:timers/promises";
import { book, COSTS } from "./credits.js";
import type { Database } from "./database.js";
import { newId } from "./ids.js";
import { drawAvatar } from "./image.js";
import { allColumns, insertInto, now } from "./tables.js";

/** The part of the log that the worker uses. */
export interface WorkerLog {
  readonly error: (details: object, message: string) => void;
}

export interface Worker {
  /** Takes no further generation and resolves when the current one is done. */
  stop(): Promise<void>;
}

interface GenerationRow {
  readonly id: string;
  readonly userId: string;
  readonly projectId: string;
  readonly prompt: string;
  readonly options: string | null;
}

/** Options of a generation: what the request said besides the prompt. */
type Options = Readonly<Record<string, string | number>> & { readonly name?: string; readonly seed?: number };

/** Looks for work every `everyMs` milliseconds until it is stopped. */
export function startWorker(database: Database, log: WorkerLog, everyMs = 200): Worker {
  const stopping = new AbortController();
  const finished = work();
  return {
    stop: () => {
      stopping.abort();
      return finished;
    },
  };

  async function work(): Promise<void> {
    let lastError = "";
    while (!stopping.signal.aborted) {
      try {
        if (await generateNext(database)) continue;
        lastError = "";
      } catch (error) {
        // While the schema is wrong every look fails alike: one line says it.
        const message = error instanceof Error ? error.message : String(error);
        if (message !== lastError) log.error({ err: error }, message);
        lastError = message;
      }
      // Rejects when it is stopped in between; the loop sees that itself.
      await setTimeout(everyMs, undefined, { signal: stopping.signal }).catch(() => {});
    }
  }
}

/**
 * Does the oldest pending generation; false if there is none. The row stays locked until all is written, so a second
 * worker takes the next one, and after a crash this one is pending again.
 */
export async function generateNext(database: Database): Promise<boolean> {
  return database.transaction(async (transaction) => {
    const [generation] = await transaction.query<GenerationRow>(
      "avatarGeneration.findFirst",
      `SELECT ${allColumns("avatar_generations")} FROM "avatar_generations"
       WHERE "avatar_generations"."status" = 'pending' ORDER BY "avatar_generations"."createdAt" LIMIT 1
       FOR UPDATE SKIP LOCKED`,
    );
    if (!generation) return false;
    try {
      await transaction.transaction((inner) => complete(inner, generation));
    } catch (error) {
      await fail(transaction, generation, error instanceof Error ? error.message : String(error));
    }
    return true;
  });
}

function optionsOf({ options }: GenerationRow): Options {
  return options === null ? {} : (JSON.parse(options) as Options);
}

async function complete(database: Database, generation: GenerationRow): Promise<void> {
  const { name = "Avatar", seed = null, width: _width, height: _height, ...attributes } = optionsOf(generation);
  const { userId, projectId, prompt } = generation;
  const id = newId();
  const url = drawAvatar(prompt, seed ?? 0);
  const picture = { baseImageUrl: url, thumbnailUrl: url, sourceType: "text_to_image", generationPrompt: prompt };
  const times = { createdAt: now(), updatedAt: now() };
  const avatar = { id, userId, projectId, name, ...picture, seedUsed: seed, ...attributes, ...times };
  await database.run(insertInto("avatars", "avatar.create", avatar));
  await finish(database, generation, { status: "completed", avatarId: id, errorMessage: null });
}

async function fail(database: Database, generation: GenerationRow, errorMessage: string): Promise<void> {
  await finish(database, generation, { status: "failed", avatarId: null, errorMessage });
  const entry = {
    type: "refund",
    description: "Avatar generation failed",
    referenceType: "avatar_generation",
  } as const;
  await book(database, generation.userId, COSTS.generateAvatar, { ...entry, referenceId: generation.id });
}

async function finish(
  database: Database,
  { id }: GenerationRow,
  { status, avatarId, errorMessage }: { status: string; avatarId: string | null; errorMessage: string | null },
): Promise<void> {
  await database.query(
    "avatarGeneration.update",
    `UPDATE "avatar_generations" SET "status" = $2, "avatarId" = $3, "errorMessage" = $4, "completedAt" = $5
     WHERE "id" = $1 RETURNING ${allColumns("avatar_generations")}`,
    [id, status, avatarId, errorMessage, now()],
  );
}
