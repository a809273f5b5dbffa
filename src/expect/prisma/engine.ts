/**
 * Prisma's schema engine as WebAssembly (optional dependency @prisma/schema-engine-wasm). It is told a schema and
 * writes the SQL that `prisma migrate` and `prisma db push` would run on an empty database.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { SchemareadyError } from "../../errors/index.js";
import { adapterWithoutDatabase } from "./adapter.js";
import type { PrismaFile } from "./files.js";

/** What we use of the package; its own types describe the file that only a bundler can import. */
interface EngineModule {
  readonly SchemaEngine: { new: (options: object, log: () => void, adapter: object) => Promise<SchemaEngine> };
  readonly __wbg_set_wasm: (exports: object) => void;
}

interface SchemaEngine {
  diff(params: object): Promise<{ readonly stdout: string | null }>;
  free(): void;
}

/** The part of the standard that we use; the types of Node do not describe it. */
interface WebAssemblyApi {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: Readonly<Record<string, unknown>> };
  readonly RuntimeError: new () => Error;
}
const { WebAssembly } = globalThis as unknown as { readonly WebAssembly: WebAssemblyApi };

/** The engine refuses the schema; `message` is what it says, for terminals. */
export class EngineComplaint extends Error {}

let loaded: Promise<EngineModule> | null = null;
/** A panic leaves the engine's memory in an unknown state: nothing that it says afterwards can be trusted. */
let panic: string | null = null;

/**
 * The SQL that makes the schema on an empty database.
 * @param schema where names without a schema go
 * @throws EngineComplaint when the schema is wrong; SchemareadyError PRISMA_ENGINE_UNAVAILABLE
 */
export async function sqlFromEngine(files: readonly PrismaFile[], schema: string): Promise<string> {
  const { SchemaEngine } = await loadEngine();
  if (panic !== null) throw broken(panic);
  return listening(async () => {
    const datamodels = files.map(({ path, text }) => [path, text]);
    const engine = await SchemaEngine.new({ datamodels }, () => {}, adapterWithoutDatabase(schema));
    try {
      const to = { tag: "schemaDatamodel", files: files.map(({ path, text }) => ({ path, content: text })) };
      const filters = { externalTables: [], externalEnums: [] };
      return (await engine.diff({ from: { tag: "empty" }, to, script: true, exitCode: null, filters })).stdout ?? "";
    } finally {
      if (panic === null) engine.free();
    }
  });
}

/** Runs with the place to which the engine reports a panic: a global of this name, as Prisma's command line has it. */
async function listening(work: () => Promise<string>): Promise<string> {
  const place = "PRISMA_WASM_PANIC_REGISTRY";
  const before = Reflect.get(globalThis, place);
  Reflect.set(globalThis, place, {
    set_message: (message: string) => {
      panic = message;
    },
  });
  try {
    return await work();
  } catch (error) {
    if (error instanceof WebAssembly.RuntimeError) panic ??= error.message;
    if (panic !== null) throw broken(panic, error);
    throw error instanceof Error ? new EngineComplaint(error.message, { cause: error }) : error;
  } finally {
    if (before === undefined) Reflect.deleteProperty(globalThis, place);
    else Reflect.set(globalThis, place, before);
  }
}

function loadEngine(): Promise<EngineModule> {
  loaded ??= instantiate();
  return loaded;
}

/** The package's own entry imports its .wasm file as a module, which Node cannot; so this does by hand what it would. */
async function instantiate(): Promise<EngineModule> {
  try {
    const glue = (await import("@prisma/schema-engine-wasm/schema_engine_bg")) as unknown as EngineModule;
    const entry = createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm");
    const code = new WebAssembly.Module(readFileSync(entry.replace(/schema_engine\.js$/, "schema_engine_bg.wasm")));
    const { exports } = new WebAssembly.Instance(code, { "./schema_engine_bg.js": glue });
    glue.__wbg_set_wasm(exports);
    (exports["__wbindgen_start"] as () => void)();
    return glue;
  } catch (error) {
    loaded = null;
    const reason = error instanceof Error ? ((error as NodeJS.ErrnoException).code ?? error.message) : String(error);
    const what = `The optional dependency @prisma/schema-engine-wasm cannot be loaded (${reason}).`;
    throw new SchemareadyError("PRISMA_ENGINE_UNAVAILABLE", what, { cause: error });
  }
}

function broken(reason: string, cause?: unknown): SchemareadyError {
  const said = reason.replace(/\s+/g, " ").slice(0, 500);
  return new SchemareadyError("PRISMA_ENGINE_UNAVAILABLE", `Prisma's schema engine broke down: ${said}`, {
    fix: "Compile from the migrations instead: --migrations prisma/migrations. What broke down is Prisma's engine; a smaller schema that shows it helps its authors: https://github.com/prisma/prisma/issues.",
    cause,
  });
}
