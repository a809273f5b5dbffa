/**
 * WRONG_SCHEMA: what is missing here stands in another schema, with the columns that are expected. Somebody connected
 * without `?schema=`, with another search_path, or the check file names another schema than the deployment uses.
 */
import { groupBy } from "../../model/group.js";
import { properties, strings } from "../../model/json.js";
import { displayName, type QualifiedName } from "../../model/names.js";
import type { Confidence, Gap } from "../../model/report.js";
import { subjectObject } from "../../model/subject.js";
import { isSame, originRan } from "../around.js";
import type { Evidence, Explanation, Facts } from "../rule.js";
import { listNames } from "../text.js";
import { isAllMissing } from "../without-history.js";

interface Elsewhere {
  readonly gap: Gap;
  readonly wanted: QualifiedName;
  readonly found: QualifiedName;
  /** 0 for what is no relation. */
  readonly columns: number;
}

/** One explanation for each schema that something is missing from: where most of it is. */
export function wrongSchema(facts: Facts): Explanation[] {
  const found = facts.gaps.flatMap((gap) => elsewhere(facts, gap));
  return [...groupBy(found, ({ wanted }) => wanted.schema)].flatMap(([from, all]) => {
    const schemas = [...groupBy(all, (each) => each.found.schema)].sort(([, a], [, b]) => b.length - a.length);
    const [best, second] = schemas;
    // A type that happens to have the same name somewhere proves nothing by itself.
    if (best === undefined || !best[1].some(({ columns }) => columns > 0)) return [];
    const others =
      second !== undefined && second[1].length === best[1].length ? schemas.slice(1).map(([name]) => name) : [];
    return [explanation(facts, from, best, others)];
  });
}

function elsewhere({ surroundings }: Facts, gap: Gap): Elsewhere[] {
  const { schema, name } = gap.subject;
  if (surroundings === null || schema === null) return [];
  if (gap.code === "MISSING_TABLE" || gap.code === "MISSING_VIEW") {
    const expected = strings(properties(gap.expected)["columns"]);
    return surroundings.nearby
      .filter(({ wanted, match }) => match === "name" && isSame(wanted, { schema, name }))
      .filter(({ columns }) => expected.every((each) => columns.some((column) => column.name === each)))
      .map((found) => ({ gap, wanted: found.wanted, found, columns: Math.max(1, expected.length) }));
  }
  const wanted = gap.code.startsWith("MISSING_") ? subjectObject(gap.subject) : null;
  if (wanted === null || gap.code === "MISSING_ENUM_LABEL") return [];
  const kind = KINDS[gap.subject.kind];
  return surroundings.objects
    .filter((each) => each.kind === kind && each.name === wanted.name && each.schema !== schema)
    .map((found) => ({ gap, wanted, found, columns: 0 }));
}

const KINDS: Readonly<Record<string, string>> = {
  enum: "type",
  domain: "type",
  sequence: "sequence",
  function: "function",
};

function explanation(
  facts: Facts,
  from: string,
  [to, all]: readonly [string, readonly Elsewhere[]],
  others: readonly string[],
): Explanation {
  const names = listNames([...new Set(all.map(({ found }) => found.name))]);
  const where = others.length === 0 ? `schema ${to}` : `schemas ${listNames([to, ...others])}`;
  return {
    code: "WRONG_SCHEMA",
    key: [from, to],
    confidence: confidence(facts, to, all, others),
    gaps: [...new Set(all.map(({ gap }) => gap.id))],
    // Nothing of the application is where we look, so the record table is not there either.
    restates: facts.ledgers
      .filter((ledger) => isAllMissing(facts, ledger))
      .flatMap(({ noTable }) => noTable.map(({ id }) => id)),
    message: `The application looks in schema ${from}, and what it needs is in ${where}: ${names}.`,
    evidence: [...all.filter(({ columns }) => columns > 0).map(fact), ...placeEvidence(facts, from)],
    doubt: others.length === 0 ? null : "several schemas hold the same tables, so it cannot be told which one is meant",
    doubtSource: "catalog of the database",
  };
}

function fact({ wanted, found, columns }: Elsewhere): Evidence[number] {
  const has = columns === 1 ? "the column that is" : `all ${columns} columns that are`;
  return {
    fact: `there is no ${displayName(wanted)}, and ${displayName(found)} has ${has} expected of it`,
    source: "catalog of the database",
  };
}

function placeEvidence({ target, models }: Facts, from: string): Evidence {
  const exists = models.some(({ schemas }) => schemas.some(({ name }) => name === from));
  const missing = exists
    ? []
    : [{ fact: `there is no schema ${from} in this database`, source: "catalog of the database" }];
  const path = target?.searchPath;
  if (path === null || path === undefined) return missing;
  const fact = `search_path of role ${target?.user ?? ""}: ${path.length === 0 ? "empty" : path.join(", ")}`;
  return [...missing, { fact, source: "the connection that was used" }];
}

/** Certain when the objects were made there by the migrations of this very application. */
function confidence(facts: Facts, to: string, all: readonly Elsewhere[], others: readonly string[]): Confidence {
  if (others.length > 0) return "possible";
  const ran = all.map(({ gap }) => originRan(facts, gap));
  const isRecordedThere = facts.ledgers.some(({ table }) => table?.startsWith(`${to}.`));
  if (ran.every((each) => each === true) || (isRecordedThere && !ran.includes(false))) return "certain";
  return ran.includes(false) ? "possible" : "likely";
}
