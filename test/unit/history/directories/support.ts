import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import { SchemareadyError } from "../../../../src/errors/index.js";
import { readMigrationDirectory } from "../../../../src/history/index.js";
import type { MigrationDirectory, MigrationTool } from "../../../../src/model/migrations.js";

/** A directory with these files, removed after the test; a name may hold `/`. */
export function tree(files: Readonly<Record<string, string | Buffer>>): string {
  const root = mkdtempSync(join(tmpdir(), "schemaready-migrations-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), content);
  }
  return root;
}

export type Files = Parameters<typeof tree>[0];

export const read = (tool: MigrationTool, files: Files): Promise<MigrationDirectory> =>
  readMigrationDirectory({ tool, directory: tree(files) });

export const names = ({ scripts }: MigrationDirectory): string[] => scripts.map(({ name }) => name);

export const warnings = (directory: MigrationDirectory): string[] =>
  directory.warnings.map(({ code, file }) => `${code} ${file ?? "-"}`);

/** The problems of a directory that is refused, as `place: message`, without the directory's own path. */
export async function problems(tool: MigrationTool, directory: string): Promise<string[]> {
  try {
    await readMigrationDirectory({ tool, directory });
  } catch (error) {
    if (!(error instanceof SchemareadyError) || error.code !== "MIGRATIONS") throw error;
    return error.problems.map(({ place = "", message }) => `${place.replace(directory, ".")}: ${message}`);
  }
  return [];
}

/** The line of the file that the script's first line is, to compare with the script's text. */
export function firstLineOf(content: string, line: number): string | undefined {
  return content.split("\n")[line - 1];
}
