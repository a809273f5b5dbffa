/** What is wrong: every gap once, in blocks of one relation and one origin, and in there a line for each code. */
import { groupBy } from "../../model/group.js";
import { compareText } from "../../model/names.js";
import { GAP_CODES, type Gap, type Report, type SmokeResult } from "../../model/report.js";
import { subjectRelation } from "../../model/subject.js";
import { plural, subjectName } from "../display.js";
import { looseGaps } from "../loose-gaps.js";
import { numberCauses } from "./causes.js";
import { entryLines, isWhole } from "./entries.js";
import { mendRows } from "./mend.js";
import { line, paragraph, type Row } from "./page.js";
import { numberTasks, type Task } from "./steps.js";

/** Migrations that are not applied are told by the history, not here once more. */
export function gapsSection(report: Report): Row[] {
  const gaps = report.gaps.filter(({ code }) => code !== "MIGRATION_NOT_APPLIED" || report.history.length === 0);
  return gaps.length === 0 ? [] : [line(0, "What is wrong", "bold"), ...blockRows(gaps, report)];
}

/** What a smoke run ran into; the rest of the schema is the business of verify. */
export function attributedGapsSection(report: Report, smoke: SmokeResult): Row[] {
  const steps = [...smoke.flows.flatMap((flow) => flow.steps), ...smoke.cleanup.steps];
  const ids = new Set(steps.flatMap(({ attribution }) => attribution?.gaps ?? []));
  const behind = report.gaps.filter(({ id }) => ids.has(id));
  const others = report.gaps.length - behind.length;
  if (report.gaps.length === 0) return [];
  const rest = behind.length === 0 ? plural(others, "gap") : `${others} more`;
  return [
    line(0, behind.length === 0 ? "Gaps" : "Gaps behind the failures", "bold"),
    ...blockRows(behind, report),
    ...(others === 0 ? [] : [line(2, `${rest}, behind none of these failures; schemaready verify shows them`, "dim")]),
  ];
}

/** Where gaps stand on the page, in the order of the page. */
const PLACES = ["whole", "relation", "object"] as const;

interface Place {
  readonly kind: (typeof PLACES)[number];
  readonly name: string;
}

function placeOf({ code, subject }: Gap): Place {
  const schema = subject.schema === null ? "the database" : `schema ${subject.schema}`;
  // Relations that are missing as a whole stand together: there is nothing else to say of each.
  if (isWhole({ code })) return { kind: "whole", name: schema };
  const relation = subjectRelation(subject);
  if (relation !== null) return { kind: "relation", name: `${relation.schema}.${relation.name}` };
  const isHistory = subject.kind === "migration" || subject.kind === "history";
  return { kind: "object", name: isHistory ? "migrations" : schema };
}

interface Block {
  readonly place: Place;
  readonly gaps: readonly Gap[];
  /** Whether no feature feels any gap of the place. */
  readonly isLoose: boolean;
}

function blockRows(gaps: readonly Gap[], report: Report): Row[] {
  const loose = new Set(report.features.length === 0 ? [] : looseGaps(report));
  const numbers = numberCauses(report);
  const tasks = numberTasks(report);
  const blocks = orderBlocks(gaps, loose).flatMap(({ place, gaps: own, isLoose }) => {
    const [first] = own;
    if (first === undefined) return [];
    const name = place.kind === "whole" && own.length === 1 ? subjectName(first.subject) : place.name;
    const facts = [
      ...(first.introducedBy === null ? [] : [`comes with migration ${first.introducedBy}`]),
      ...causeNumbers(first, numbers),
      ...(isLoose ? ["no feature feels it"] : []),
    ];
    const items = facts.map((fact, at) => (at === facts.length - 1 ? fact : `${fact};`));
    // Not a label: names can be longer than a line. The empty item makes two spaces.
    const heading = paragraph(2, "", [name, ...(items.length > 0 ? [""] : []), ...items], { text: "bold" });
    return [heading, ...codeRows(own, tasks)];
  });
  return [...blocks, ...mendRows(gaps, report, tasks)];
}

/** Relations with errors before those with warnings only, by name; the blocks of one relation stand together. */
function orderBlocks(gaps: readonly Gap[], loose: ReadonlySet<Gap>): Block[] {
  const places = [...groupBy(gaps, (gap) => JSON.stringify(placeOf(gap))).values()].flatMap((same): Block[] => {
    const [first] = same;
    if (first === undefined) return [];
    return [{ place: placeOf(first), gaps: same, isLoose: same.every((gap) => loose.has(gap)) }];
  });
  const rank = ({ place, gaps: own }: Block) => PLACES.indexOf(place.kind) * 2 + (own.some(isError) ? 0 : 1);
  return places
    .sort((a, b) => rank(a) - rank(b) || compareText(a.place.name, b.place.name))
    .flatMap((block) =>
      [...groupBy(block.gaps, ({ introducedBy, causes }) => JSON.stringify([introducedBy, causes])).values()]
        .map((same) => ({ ...block, gaps: same }))
        .sort((a, b) => Number(b.gaps.some(isError)) - Number(a.gaps.some(isError))),
    );
}

function isError({ severity }: Gap): boolean {
  return severity === "error";
}

function causeNumbers({ causes }: Gap, numbers: ReadonlyMap<string, number>): string[] {
  const known = causes.flatMap((id) => numbers.get(id) ?? []).sort((a, b) => a - b);
  return known.length === 0 ? [] : [`why: ${known.join(", ")}`];
}

/** Errors first, then in the order of the codes. */
function codeRows(gaps: readonly Gap[], tasks: readonly Task[]): Row[] {
  const groups = [...groupBy(gaps, ({ code, severity }) => JSON.stringify([code, severity])).values()];
  const rank = ([first]: readonly Gap[]) =>
    first === undefined ? 0 : GAP_CODES.indexOf(first.code) + (isError(first) ? 0 : GAP_CODES.length);
  return groups
    .sort((a, b) => rank(a) - rank(b))
    .flatMap((group) => {
      const [first] = group;
      if (first === undefined) return [];
      const label = isError(first) ? first.code : `${first.code} (warning)`;
      const style = { label: isError(first) ? "red" : "yellow" } as const;
      return entryLines(group, tasks).map((items) => paragraph(4, label, items, style));
    });
}
