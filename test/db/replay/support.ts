/** Folders of migrations made by tests, replayed in an embedded server: only there are scripts confined. */
import { afterAll, beforeAll } from "vitest";
import { type ReplayResult, replay } from "../../../src/expect/replay/index.js";
import type { MigrationDirectory, MigrationScript, MigrationTool } from "../../../src/model/migrations.js";
import type { Provenance } from "../../../src/model/provenance.js";
import { type ScratchLimits, type ScratchServer, startScratch } from "../../../src/scratch/index.js";

const binaries = process.env["TEST_POSTGRES_BINARIES"] || null;

export interface FolderOptions {
  readonly tool?: MigrationTool;
  readonly transaction?: MigrationScript["transaction"];
  readonly otherOrder?: readonly string[] | null;
  readonly schemas?: readonly string[] | "all";
  readonly keepGoing?: boolean;
  readonly provenance?: boolean;
  readonly onProgress?: (done: number, total: number, name: string) => void;
}

/** Name of the migration -> its script, in the order of the replay. */
export type Folder = Readonly<Record<string, string>>;

export function directoryOf(folder: Folder, options: FolderOptions = {}): MigrationDirectory {
  const { tool = "prisma", transaction = "script", otherOrder = null } = options;
  const scripts = Object.entries(folder).map(([name, sql]) => ({
    name,
    file: `${name}/migration.sql`,
    sql,
    firstLine: 1,
    transaction,
    checksum: null,
  }));
  return { tool, scripts, otherOrder, warnings: [] };
}

export interface Replayer {
  (folder: Folder, options?: FolderOptions): Promise<ReplayResult>;
  server(): ScratchServer;
}

/** For the tests of one file; registers its own start and end. Each replay has a database of its own. */
export function useReplay(limits: Partial<ScratchLimits> = {}): Replayer {
  let scratch: ScratchServer | null = null;
  beforeAll(async () => {
    scratch = await startScratch({ binaries, limits });
  });
  afterAll(() => scratch?.close());
  const server = () => {
    if (scratch === null) throw new Error("the throwaway server has not been started");
    return scratch;
  };
  const run = async (folder: Folder, options: FolderOptions = {}) => {
    const connection = await server().connect();
    try {
      const { schemas = "all", keepGoing = false, provenance = true, onProgress } = options;
      const directory = directoryOf(folder, options);
      return await replay({
        directory,
        connection,
        schemas,
        keepGoing,
        provenance,
        ...(onProgress ? { onProgress } : {}),
      });
    } finally {
      await connection.close();
    }
  };
  return Object.assign(run, { server });
}

/** `users.email type` -> `created by @ line, changed by @ line`; without the relation for what stands alone. */
export function originsOf(provenance: readonly Provenance[]): Record<string, string> {
  return Object.fromEntries(
    provenance.map(({ subject, property, createdBy, changedBy }) => {
      const owner = subject.relation === null ? "" : `${subject.relation}.`;
      const key = `${subject.kind} ${owner}${subject.name}${property === null ? "" : ` ${property}`}`;
      const place = ({ migration, line }: { migration: string; line: number | null }) => `${migration}:${line ?? "?"}`;
      const [created, changed] = [place(createdBy), place(changedBy)];
      return [key, created === changed ? created : `${created} ${changed}`];
    }),
  );
}

/** `CODE file:line SQLSTATE` of each failure. */
export function failuresOf({ failures }: ReplayResult): string[] {
  return failures.map(({ code, file, line, sqlstate }) => `${code} ${file}:${line ?? "?"} ${sqlstate}`);
}
