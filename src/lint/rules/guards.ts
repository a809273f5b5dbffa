/** What happens when a statement runs a second time, or meets an object that is there already. */
import { as, display, type Node, nameOf, strings } from "../ast.js";
import { hazard } from "../hazards.js";
import { columnOf, type Memory, relationOf } from "../memory.js";
import type { Found, Place, Rule } from "../place.js";
import { tableCommands } from "./alter-table.js";
import { knownIndex } from "./indexes.js";

interface Created {
  readonly what: string;
  readonly guarded: boolean;
}

export const notGuarded: Rule = (place) => {
  const open = [...created(place), ...dropped(place.node)].filter(({ guarded }) => !guarded);
  if (open.length === 0) return [];
  const isAtomic = place.transaction.size === place.statements.length || isLast(place);
  return [
    {
      code: "NOT_GUARDED",
      severity: isAtomic ? "note" : "warning",
      message: `a second run fails here: ${open.map(({ what }) => what).join(", ")} ${open.length === 1 ? "is" : "are"} not guarded`,
      why: isAtomic
        ? "A failure leaves nothing of it behind; only where it ran once already, by hand or without its record, it fails."
        : "The migration does not run in one transaction: when a later statement fails, this one stays done, and the next attempt fails at it.",
      fix: isAtomic
        ? "Nothing, as long as the tool runs every migration once; otherwise IF NOT EXISTS, IF EXISTS or OR REPLACE."
        : "Guard it with IF NOT EXISTS, IF EXISTS or OR REPLACE where PostgreSQL has it, or give it a migration of its own.",
      hazards: isAtomic
        ? [hazard("not-guarded", null)]
        : [hazard("not-guarded", null), hazard("not-transactional", null)],
    },
  ];
};

/** Behind the last transaction there is nothing that could fail. */
function isLast({ transaction, statements }: Place): boolean {
  return transaction.has(statements.length - 1);
}

/** What the statement creates, and whether it does nothing (or replaces) when that is there. */
function created({ node }: Pick<Place, "node">): Created[] {
  const table = as("CreateStmt", node);
  if (table?.relation !== undefined && table.relation.relpersistence !== "t") {
    return [{ what: `table ${display(nameOf(table.relation))}`, guarded: table.if_not_exists === true }];
  }
  const index = as("IndexStmt", node);
  // An index without a name gets a free one each time: a second run makes a second index.
  if (index !== null)
    return [{ what: `index ${index.idxname ?? "without a name"}`, guarded: index.if_not_exists === true }];
  const made = as("CreateTableAsStmt", node);
  if (made?.into?.rel !== undefined && made.into.rel.relpersistence !== "t") {
    return [{ what: display(nameOf(made.into.rel)), guarded: made.if_not_exists === true }];
  }
  return [...createdOther(node), ...createdParts(node)];
}

function createdOther(node: Node): Created[] {
  const of = (kind: string, name: string, guarded: boolean | undefined): Created[] => [
    { what: `${kind} ${name}`, guarded: guarded === true },
  ];
  const schema = as("CreateSchemaStmt", node);
  if (schema !== null) return of("schema", schema.schemaname ?? "", schema.if_not_exists);
  const extension = as("CreateExtensionStmt", node);
  if (extension !== null) return of("extension", extension.extname ?? "", extension.if_not_exists);
  const view = as("ViewStmt", node);
  if (view?.view !== undefined)
    return of("view", display(nameOf(view.view)), view.replace || view.view.relpersistence === "t");
  const sequence = as("CreateSeqStmt", node);
  if (sequence?.sequence !== undefined)
    return of("sequence", display(nameOf(sequence.sequence)), sequence.if_not_exists);
  const routine = as("CreateFunctionStmt", node);
  if (routine !== null) return of("function", strings(routine.funcname).join("."), routine.replace);
  const trigger = as("CreateTrigStmt", node);
  if (trigger !== null) return of("trigger", trigger.trigname ?? "", trigger.replace);
  const policy = as("CreatePolicyStmt", node);
  if (policy !== null) return of("policy", policy.policy_name ?? "", false);
  const role = as("CreateRoleStmt", node);
  if (role !== null) return of("role", role.role ?? "", false);
  const type = as("CreateEnumStmt", node)?.typeName ?? as("CreateDomainStmt", node)?.domainname;
  return type === undefined ? [] : of("type", strings(type).join("."), false);
}

function createdParts(node: Node): Created[] {
  const label = as("AlterEnumStmt", node);
  if (label?.newVal !== undefined && label.oldVal === undefined) {
    return [{ what: `label ${JSON.stringify(label.newVal)}`, guarded: label.skipIfNewValExists === true }];
  }
  return tableCommands({ node }).flatMap(({ command }): Created[] => {
    const { subtype, def, missing_ok, name = "" } = command;
    if (subtype === "AT_AddColumn") {
      return [{ what: `column ${as("ColumnDef", def)?.colname ?? ""}`, guarded: missing_ok === true }];
    }
    if (subtype === "AT_AddConstraint") {
      return [{ what: `constraint ${as("Constraint", def)?.conname ?? "without a name"}`, guarded: false }];
    }
    if (subtype === "AT_DropColumn" || subtype === "AT_DropConstraint") {
      return [{ what: `the drop of ${name}`, guarded: missing_ok === true }];
    }
    return [];
  });
}

function dropped(node: Node): Created[] {
  const drop = as("DropStmt", node);
  if (drop === null) return [];
  const names = (drop.objects ?? []).map((object) => {
    const parts = as("List", object)?.items ?? as("TypeName", object)?.names ?? [object];
    return strings(parts).join(".") || strings(as("ObjectWithArgs", object)?.objname).join(".");
  });
  return names.map((name) => ({ what: `the drop of ${name}`, guarded: drop.missing_ok === true }));
}

/** IF NOT EXISTS looks at the name only: what is there keeps its shape. */
export const ifNotExists: Rule = ({ node, memory, index }) => {
  const hidden = [...hiddenRelation(memory, node), ...hiddenColumns(memory, node)];
  return hidden.map(({ what, since }): Found => {
    const isSkipped = since !== null && since !== index && since >= 0;
    return {
      code: "IF_NOT_EXISTS",
      severity: isSkipped ? "warning" : "note",
      message: isSkipped
        ? `${what} is there since an earlier migration: IF NOT EXISTS does nothing`
        : `if ${what} is there already, in whatever shape, IF NOT EXISTS does nothing`,
      why: "Only the name is looked at: columns, types, defaults and keys that differ stay as they are, and the migration counts as applied.",
      fix: isSkipped
        ? "Take the statement out, or change what is there with ALTER TABLE."
        : "Leave the guard away where the object must be new; verify the schema after the deploy (schemaready verify).",
      hazards: [hazard("skipped-when-present", what)],
    };
  });
};

interface Hidden {
  readonly what: string;
  /** Script that made it before; null: none that is known. */
  readonly since: number | null;
}

function hiddenRelation(memory: Memory, node: Node): Hidden[] {
  const table = as("CreateStmt", node);
  const made = as("CreateTableAsStmt", node);
  const relation = table?.relation ?? made?.into?.rel;
  if (relation !== undefined && (table?.if_not_exists || made?.if_not_exists)) {
    if (relation.relpersistence === "t") return [];
    const name = nameOf(relation);
    return [{ what: display(name), since: relationOf(memory, name)?.createdIn ?? null }];
  }
  const index = as("IndexStmt", node);
  if (index?.if_not_exists && index.idxname !== undefined) {
    const since = knownIndex(memory, index)?.createdIn ?? null;
    // A failed concurrent build leaves an index that is there and of no use.
    return [{ what: `index ${index.idxname}${index.concurrent ? " (valid or not)" : ""}`, since }];
  }
  const sequence = as("CreateSeqStmt", node);
  return sequence?.if_not_exists && sequence.sequence !== undefined
    ? [{ what: `sequence ${display(nameOf(sequence.sequence))}`, since: null }]
    : [];
}

function hiddenColumns(memory: Memory, node: Node): Hidden[] {
  return tableCommands({ node }).flatMap(({ name, command }): Hidden[] => {
    const column = as("ColumnDef", command.def)?.colname;
    if (command.subtype !== "AT_AddColumn" || command.missing_ok !== true || column === undefined) return [];
    return [{ what: `${display(name)}.${column}`, since: columnOf(memory, name, column)?.addedIn ?? null }];
  });
}
