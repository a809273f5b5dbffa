/** PostgreSQL's own grammar, as WebAssembly: the package libpg-query, which may be absent. */
import { SchemareadyError } from "../errors/index.js";
import { parseScript } from "./parse.js";
import type { Grammar } from "./types.js";

type Package = Pick<typeof import("libpg-query"), "loadModule" | "parseSync">;

let loaded: Promise<Grammar> | null = null;

/**
 * Loads the parser once for the process.
 * @param load brings the package; tests give another one
 * @throws SchemareadyError PARSER_UNAVAILABLE when the optional package is not installed or cannot run here
 */
export function loadGrammar(load?: () => Promise<Package>): Promise<Grammar> {
  if (load !== undefined) return openGrammar(load);
  loaded ??= openGrammar(() => import("libpg-query"));
  return loaded;
}

async function openGrammar(load: () => Promise<Package>): Promise<Grammar> {
  try {
    const { loadModule, parseSync } = await load();
    await loadModule();
    return { parseScript: (sql) => parseScript(sql, parseSync) };
  } catch (cause) {
    const reason = cause instanceof Error ? (cause.message.split("\n")[0] ?? "") : String(cause);
    throw new SchemareadyError(
      "PARSER_UNAVAILABLE",
      `PostgreSQL's parser (package libpg-query) cannot be loaded: ${reason}`,
      { cause },
    );
  }
}
