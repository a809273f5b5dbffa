/** Settings of `schemaready lint`. */
import type { MigrationTool } from "../model/migrations.js";
import { readOutputs } from "./outputs.js";
import { collect, readScratch, type ScratchSettings, type Sources } from "./settings.js";
import type { LintOutput } from "./values.js";

export interface LintSettings extends ScratchSettings {
  /** A directory of migrations, as it was given. */
  readonly migrations: string;
  /** Null: found out from the directory. */
  readonly tool: MigrationTool | null;
  /** Schema of what is written without one; null: nobody named it. */
  readonly schema: string | null;
  /** A contract that was compiled before, as it was given. */
  readonly contract: string | null;
  readonly outputs: readonly LintOutput[];
  /** A warning counts as a failure. */
  readonly strict: boolean;
  /** Run the migrations in a throwaway PostgreSQL. */
  readonly replay: boolean;
  /** Print notes too, in every format that people read. */
  readonly notes: boolean;
  /** Look at the statements of migrations that the contract knows, too. */
  readonly everything: boolean;
  readonly quiet: boolean;
}

/** @throws SchemareadyError SETTINGS with every problem; OUTPUT_FILE when only files that a report goes to are wrong */
export function lintSettings({ flags, ...sources }: Sources): LintSettings {
  // The same options mean something else to other commands, so that they have definitions of their own.
  const own = { ...flags, lintFormat: flags["format"], earlierContract: flags["contract"] };
  return collect({ ...sources, flags: own }, (reader) => {
    const migrations = reader.one("migrations");
    if (migrations === null && reader.given("migrations").length === 0) {
      reader.problems.push({ place: "--migrations", message: "no directory of migrations: give one" });
    }
    const settings = {
      tool: reader.one("tool"),
      schema: reader.one("schema"),
      ...readScratch(reader, sources.directory),
      contract: reader.one("earlierContract"),
      outputs: readOutputs(reader, sources.directory, reader.many("lintFormat")),
      strict: flags["strict"] === true,
      replay: flags["replay"] !== false,
      notes: flags["notes"] === true,
      everything: flags["all"] === true,
      quiet: flags["quiet"] === true,
    };
    return migrations === null ? null : { migrations, ...settings };
  });
}
