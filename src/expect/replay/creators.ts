/** Which script creates or drops an object, as far as statements name it. */
import type { MigrationScript } from "../../model/migrations.js";
import type { Deed } from "../../sql/index.js";
import type { Complaint } from "./complaint.js";
import { lineAt } from "./lines.js";
import type { ScriptReader } from "./read-script.js";

/** A deed and the place where it stands. */
export interface Placed {
  readonly deed: Deed;
  readonly script: MigrationScript;
  /** Position in the order of the replay. */
  readonly index: number;
  readonly line: number;
}

/** `20250513_a/migration.sql:12` */
export function placeOf({ script, line }: Placed): string {
  return `${script.file}:${line}`;
}

/** The deeds of each script, found once. */
export interface DeedBook {
  readonly scripts: readonly MigrationScript[];
  deeds(index: number): readonly Deed[];
  /** Everything in the folder that does `act` to what PostgreSQL complains about, in the order of the replay. */
  find(complaint: Complaint, act: Deed["act"]): Placed[];
}

/** @param read keeps what it read, so that no script is read twice */
export function openDeedBook(scripts: readonly MigrationScript[], read: ScriptReader): DeedBook {
  const known = new Map<number, readonly Deed[]>();
  const deeds = (index: number): readonly Deed[] => {
    const found = known.get(index);
    if (found !== undefined) return found;
    const script = scripts[index];
    const all = script === undefined ? [] : read(script).statements.flatMap((statement) => statement.deeds);
    known.set(index, all);
    return all;
  };
  return {
    scripts,
    deeds,
    find: (complaint, act) =>
      scripts.flatMap((script, index) =>
        deeds(index)
          .filter((deed) => deed.act === act && isMeant(deed, complaint))
          .map((deed) => ({ deed, script, index, line: lineAt(script, deed.at) })),
      ),
  };
}

function isMeant(deed: Deed, { kinds, schema, relation, name }: Complaint): boolean {
  if (deed.name !== name || !kinds.includes(deed.kind)) return false;
  if (deed.schema !== null && schema !== null && deed.schema !== schema) return false;
  return deed.relation === null || relation === null || deed.relation === relation;
}
