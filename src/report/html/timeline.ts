/** The migrations in the order in which they run, each with what became of it; long stretches of applied ones as one. */
import type { History, Migration } from "../../model/report.js";
import { displayTime } from "../../model/time.js";
import { plural } from "../display.js";
import { HISTORY_STATES, MIGRATION_STYLES } from "../wording.js";
import { type Content, element, type Html } from "./element.js";
import { classOf, code, section, word } from "./parts.js";

/** So many in a row are still listed: what happened around the one that went wrong is worth a look. */
const LISTED_IN_A_ROW = 3;

/** @param at place of the history in the report, which makes the id of the section unique */
export function historyPart(history: History, at: number): Html[] {
  const { application, tool, table, state, migrations } = history;
  const applied = migrations.filter(({ status }) => status === "applied").length;
  const place = `${tool}${table === null ? "" : `, ${table}`}: ${HISTORY_STATES[state]}; ${applied} of ${migrations.length} applied`;
  const items = runs(migrations).flatMap(runItems);
  return section(
    `migrations-${at + 1}`,
    `Migrations of ${application}`,
    element("p", { class: "dim" }, place),
    items.length === 0 ? [] : element("ol", { class: "timeline" }, ...items),
  );
}

/** Neighbours that share a place in the list: applied ones, and ones that this build does not know. */
function runs(migrations: readonly Migration[]): Migration[][] {
  const found: Migration[][] = [];
  for (const migration of migrations) {
    const last = found.at(-1);
    const isSame = last?.[0]?.status === migration.status && isQuiet(migration) && last.every(isQuiet);
    if (isSame) last.push(migration);
    else found.push([migration]);
  }
  return found;
}

function isQuiet({ status, note }: Migration): boolean {
  return (status === "applied" || status === "unknown") && note === null;
}

function runItems(run: readonly Migration[]): Html[] {
  const [first] = run;
  const last = run.at(-1);
  if (first === undefined || last === undefined) return [];
  if (run.length <= LISTED_IN_A_ROW) return run.map(migrationItem);
  const text = [
    `${plural(run.length, "migration")}: `,
    code(first.name),
    " to ",
    code(last.name),
    ...when(last.finishedAt),
  ];
  return [item(first, text)];
}

function migrationItem(migration: Migration): Html {
  const { name, required, startedAt, finishedAt, note } = migration;
  return item(migration, [
    code(name),
    ...(required ? [] : [" (not required)"]),
    ...when(finishedAt ?? startedAt),
    ...(note === null ? [] : [element("div", { class: "dim" }, note)]),
  ]);
}

function when(time: string | null): Content[] {
  return time === null ? [] : [" ", element("span", { class: "dim" }, displayTime(time))];
}

function item({ status }: Migration, text: readonly Content[]): Html {
  const style = MIGRATION_STYLES[status];
  return element("li", { class: `dot ${classOf(style)}` }, word({ word: status, style }), " ", text);
}
