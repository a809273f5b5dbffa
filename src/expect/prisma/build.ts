/**
 * The engine's SQL -> the schema that it makes, through the same replay as migrations. What a schema.prisma takes for
 * granted and cannot create (an extension that it does not list, a function behind `dbgenerated()`) is arranged where
 * nothing is lost by it, and told.
 */

import { PRINTING_SETTINGS } from "../../db/index.js";
import { SchemareadyError } from "../../errors/index.js";
import type { ObjectDefinition } from "../../model/definitions.js";
import type { MigrationDirectory } from "../../model/migrations.js";
import type { ReplayFailure } from "../../model/replay-failure.js";
import type { SchemaModel } from "../../model/schema.js";
import type { ScratchServer } from "../../scratch/index.js";
import { withRenderings } from "../build/renderings.js";
import { replay } from "../replay/index.js";
import type { Declaration } from "./declarations.js";
import { mend } from "./mend.js";
import { asDirectory, partsOf } from "./script.js";
import { refusalsOf } from "./try-out.js";

export interface BuildInput {
  readonly sql: string;
  readonly scratch: ScratchServer;
  /** The first is where names without a schema go. */
  readonly schemas: readonly string[];
  readonly declarations: readonly Declaration[];
}

export interface Built {
  readonly model: SchemaModel;
  readonly definitions: readonly ObjectDefinition[];
  /** For people: what was arranged or left out. */
  readonly notes: readonly string[];
}

/** Each round mends at least one expression or extension; more kinds of trouble than this are not worth it. */
const MAX_ROUNDS = 20;

/** @throws SchemareadyError PRISMA_SCHEMA with everything that PostgreSQL refuses and that cannot be left out */
export async function buildSchema(input: BuildInput): Promise<Built> {
  const notes: string[] = [];
  let extensions: ReadonlySet<string> = new Set();
  let { sql } = input;
  for (let round = 0; ; round++) {
    const built = await attempt(input, asDirectory(sql, extensions));
    const { model, definitions } = built;
    if (built.failures.length === 0) return { model, definitions, notes: [...built.notes, ...notes] };
    const refusals = await refusalsOf(partsOf(sql, extensions), input.scratch, input.schemas);
    const mended = mend({ sql, extensions, declarations: input.declarations }, refusals);
    if (mended.problems.length > 0 || round === MAX_ROUNDS) {
      const aside = [...built.notes, ...notes].map((message) => ({ message }));
      const what = "PostgreSQL refuses what Prisma's engine writes for the schema.";
      throw new SchemareadyError("PRISMA_SCHEMA", what, {
        problems: [...mended.problems, ...aside],
        sqlstate: refusals[0]?.sqlstate ?? null,
        fix: "Compile from the migrations, which create what the schema takes for granted: --migrations prisma/migrations. Where an extension is missing, give a server that has it: --scratch-url postgresql://USER:PASSWORD@HOST/DATABASE.",
      });
    }
    notes.push(...mended.notes);
    ({ sql, extensions } = mended);
  }
}

interface Attempt extends Built {
  readonly failures: readonly ReplayFailure[];
}

/** In a database of its own. Expressions get every text that they have after a dump and restore. */
async function attempt({ scratch, schemas }: BuildInput, directory: MigrationDirectory): Promise<Attempt> {
  const connection = await scratch.connect();
  try {
    const result = await replay({ directory, connection, schemas, keepGoing: false, definitions: true });
    if (result.failures.length > 0) return result;
    await connection.execute(`reset all;\n${PRINTING_SETTINGS.replaceAll("set local", "set")}`);
    return { ...result, model: await withRenderings(connection, result.model) };
  } finally {
    await connection.close();
  }
}
