/** Check files and databases for tests of the command line: one table, one feature, nothing that takes time. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

export const NOTES_CHECK = `version: 1
application: notes
schema: public
relations:
  notes:
    columns: { id: integer not null, title: text not null, tags: "text[]" }
    primaryKey: [id]
    indexes: [[title]]
features:
  write-note:
    title: Write a note
    endpoints: ["POST /notes"]
    writes: { notes: { insert: [id, title] } }
  read-notes:
    title: Read notes
    endpoints: ["GET /notes"]
    reads: { notes: [id, title] }
`;

/** What NOTES_CHECK wants. */
export const NOTES_SQL = `create table notes (id integer primary key, title text not null, tags text[]);
create index on notes (title);`;

export interface ChecksFolder {
  readonly path: string;
  file(name: string, text: string): string;
  remove(): void;
}

export function createFolder(): ChecksFolder {
  const path = mkdtempSync(join(tmpdir(), "schemaready-checks-"));
  return {
    path,
    file: (name, text) => {
      mkdirSync(dirname(join(path, name)), { recursive: true });
      writeFileSync(join(path, name), text);
      return join(path, name);
    },
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
}
