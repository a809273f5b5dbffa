/**
 * Prisma's schema engine as WebAssembly (optional dependency @prisma/schema-engine-wasm). It is told a schema and
 * writes the SQL that `prisma migrate` and `prisma db push` would run on an empty database. It runs in a thread of its
 * own: a panic is thrown past every promise, which would end the process, and leaves its memory in an unknown state.
 */
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import { SchemareadyError } from "../../errors/index.js";
import { ENGINE_PROGRAM } from "./engine-program.js";
import type { PrismaFile } from "./files.js";

/** The engine refuses the schema; `message` is what it says, for terminals. */
export class EngineComplaint extends Error {}

/** Schemas of hundreds of models take a fraction of a second. */
const PATIENCE_MS = 120_000;

interface Answer {
  readonly sql?: string;
  readonly complaint?: string;
  readonly trouble?: string;
}

/**
 * The SQL that makes the schema on an empty database.
 * @param schema where names without a schema go
 * @param program for tests: what the thread runs
 * @throws EngineComplaint when the schema is wrong; SchemareadyError PRISMA_ENGINE_UNAVAILABLE
 */
export async function sqlFromEngine(
  files: readonly PrismaFile[],
  schema: string,
  program: string = ENGINE_PROGRAM,
): Promise<string> {
  const { sql, complaint, trouble } = await answerOf(program, { ...locateEngine(import.meta.url), files, schema });
  if (sql !== undefined) return sql;
  if (complaint !== undefined) throw new EngineComplaint(complaint);
  throw broken(trouble ?? "it ended without an answer");
}

async function answerOf(program: string, workerData: object): Promise<Answer> {
  const worker = new Worker(program, { eval: true, workerData, env: {}, stdin: false, stdout: true, stderr: true });
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise<Answer>((resolve) => {
      timer = setTimeout(() => resolve({ trouble: `no answer within ${PATIENCE_MS / 1000} s` }), PATIENCE_MS);
      worker.once("message", resolve);
      worker.once("error", (error) => resolve({ trouble: error.message }));
      worker.once("exit", () => resolve({}));
    });
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}

/**
 * The two files of the package, seen from `from`.
 * @throws SchemareadyError PRISMA_ENGINE_UNAVAILABLE when it is not installed there
 */
export function locateEngine(from: string): { readonly glue: string; readonly wasm: string } {
  try {
    const glue = createRequire(from).resolve("@prisma/schema-engine-wasm/schema_engine_bg");
    return { glue: pathToFileURL(glue).href, wasm: glue.replace(/\.js$/, ".wasm") };
  } catch (error) {
    const reason = error instanceof Error ? ((error as NodeJS.ErrnoException).code ?? error.message) : String(error);
    const what = `The optional dependency @prisma/schema-engine-wasm cannot be loaded (${reason}).`;
    throw new SchemareadyError("PRISMA_ENGINE_UNAVAILABLE", what, { cause: error });
  }
}

function broken(reason: string): SchemareadyError {
  const said = reason.replace(/\s+/g, " ").trim().slice(0, 500);
  return new SchemareadyError("PRISMA_ENGINE_UNAVAILABLE", `Prisma's schema engine broke down: ${said}.`, {
    fix: "Compile from the migrations instead: --migrations prisma/migrations. A small schema that shows it helps Prisma's authors: https://github.com/prisma/prisma/issues.",
  });
}
