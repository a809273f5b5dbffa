/** Commands that write a table anew, read all of it, or lock it by name. */

import { LOCK_MODES, type LockMode } from "../../model/lint.js";
import { all, as, display, hasOption, type Name, nameOf } from "../ast.js";
import { hazard, lock } from "../hazards.js";
import { isNew } from "../memory.js";
import type { Found, Place, Rule } from "../place.js";
import { tableCommands } from "./alter-table.js";

/** Name and what does it; a null name means every table that there is. */
type Rewrite = readonly [name: Name | null, what: string];

export const rewriteTable: Rule = (place) =>
  [...maintenance(place), ...alterations(place)].flatMap(([name, what]): Found[] => {
    if (name !== null && isNew(place.memory, name)) return [];
    const subject = name === null ? null : display(name);
    return [
      {
        code: "REWRITES_TABLE",
        severity: "warning",
        message: `${what} writes ${subject ?? "every table"} anew`,
        why: "The table and its indexes are copied while nobody can read or write it, and the copy needs as much room again.",
        fix: "Do it in a maintenance window with a lock_timeout, or with a tool that copies online such as pg_repack.",
        hazards: [lock("ACCESS EXCLUSIVE", subject), hazard("table-rewrite", subject)],
      },
    ];
  });

function maintenance({ node }: Place): Rewrite[] {
  const vacuum = as("VacuumStmt", node);
  if (vacuum !== null && hasOption(vacuum.options, "full")) {
    const tables = all("VacuumRelation", vacuum.rels).flatMap(({ relation }) => (relation ? [nameOf(relation)] : []));
    return (tables.length === 0 ? [null] : tables).map((name) => [name, "VACUUM FULL"]);
  }
  const cluster = as("ClusterStmt", node);
  if (cluster === null) return [];
  return [[cluster.relation === undefined ? null : nameOf(cluster.relation), "CLUSTER"]];
}

const ALTERATIONS: Readonly<Record<string, string>> = {
  AT_SetTableSpace: "SET TABLESPACE",
  AT_SetLogged: "SET LOGGED",
  AT_SetUnLogged: "SET UNLOGGED",
  AT_SetAccessMethod: "SET ACCESS METHOD",
  AT_SetExpression: "SET EXPRESSION",
};

function alterations(place: Place): Rewrite[] {
  return tableCommands(place).flatMap(({ name, command }): Rewrite[] => {
    const what = ALTERATIONS[command.subtype ?? ""];
    return what === undefined ? [] : [[name, what]];
  });
}

export const attachPartition: Rule = (place) =>
  tableCommands(place).flatMap(({ name, command }): Found[] => {
    const partition = as("PartitionCmd", command.def)?.name;
    if (command.subtype !== "AT_AttachPartition" || partition === undefined || isNew(place.memory, nameOf(partition))) {
      return [];
    }
    const subject = display(nameOf(partition));
    return [
      {
        code: "ATTACH_PARTITION_SCANS",
        severity: "warning",
        message: `${subject} is read whole while it is attached to ${display(name)}, and nobody can use it meanwhile`,
        why: "PostgreSQL proves that every row fits the partition's bounds, under an ACCESS EXCLUSIVE lock on it, unless a valid CHECK says so already; a default partition is read as well.",
        fix: "Add a CHECK with the bounds as NOT VALID and VALIDATE it in an earlier migration; drop it after ATTACH PARTITION.",
        hazards: [
          lock("ACCESS EXCLUSIVE", subject),
          lock("SHARE UPDATE EXCLUSIVE", display(name)),
          hazard("full-scan", subject),
        ],
      },
    ];
  });

/** From this one on writes wait. */
const SHARE = LOCK_MODES.indexOf("SHARE");

export const lockTable: Rule = ({ node, memory }) => {
  const statement = as("LockStmt", node);
  // The tree counts modes from 1.
  const mode: LockMode | undefined = LOCK_MODES[(statement?.mode ?? 0) - 1];
  if (mode === undefined || LOCK_MODES.indexOf(mode) < SHARE) return [];
  return all("RangeVar", statement?.relations).flatMap((relation): Found[] => {
    const name = nameOf(relation);
    if (isNew(memory, name)) return [];
    return [
      {
        code: "LOCK_TABLE",
        severity: "warning",
        message: `${display(name)} is locked in ${mode} mode until the transaction ends`,
        why: `${mode === "ACCESS EXCLUSIVE" ? "Nobody can read or write" : "Nobody can write to"} the table meanwhile, and what waits behind the lock waits as well.`,
        fix: "Take the weakest mode that does, set a lock_timeout before, and do little in the same transaction.",
        hazards: [lock(mode, display(name))],
      },
    ];
  });
};
