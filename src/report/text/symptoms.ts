/** What users of features see of the gaps: SQLSTATE, Prisma code and the statements that get them. */
import { groupBy } from "../../model/group.js";
import type { FeatureResult, Gap, Operation, Symptom } from "../../model/report.js";
import { sqlstateWords } from "../wording.js";
import { paragraph, type Row } from "./page.js";

const OPERATIONS: readonly Operation[] = ["select", "insert", "update", "delete"];

/** Codes of what a feature's users see, sorted. */
export function sqlstates({ symptoms }: FeatureResult): string[] {
  return [...new Set(symptoms.map(({ sqlstate }) => sqlstate))].sort();
}

/**
 * `users see 42703 (undefined_column), Prisma P2022, on select, insert; ...`, and on a line of its own what they may see
 * because of a warning.
 * @param gaps that the features feel
 * @param told SQLSTATEs of this application whose names are on the page already; what is told here is added
 */
export function symptomRows(
  features: readonly FeatureResult[],
  gaps: readonly Gap[],
  told: Set<string>,
  indent: number,
): Row[] {
  const symptoms = features.flatMap((feature) => feature.symptoms);
  const isDegraded = features.every(({ status }) => status !== "broken");
  const isPossible = (symptom: Symptom) => isDegraded || onlyWarned(symptom, gaps);
  const who = features.length === 1 ? "users" : `users of these ${features.length}`;
  const row = (verb: string, some: readonly Symptom[]) =>
    some.length === 0 ? [] : [paragraph(indent, "", [`${who} ${verb} ${answers(some, told)}`])];
  return [
    ...row(
      "see",
      symptoms.filter((symptom) => !isPossible(symptom)),
    ),
    ...row("may see", symptoms.filter(isPossible)),
  ];
}

/** A symptom does not name its gap, but messages of gaps that merely warn name their SQLSTATE. */
function onlyWarned({ sqlstate }: Symptom, gaps: readonly Gap[]): boolean {
  const named = gaps.filter(({ message }) => message.includes(`(${sqlstate})`));
  return named.length > 0 && named.every(({ severity }) => severity === "warning");
}

function answers(symptoms: readonly Symptom[], told: Set<string>): string {
  const each = [...groupBy(symptoms, ({ sqlstate }) => sqlstate)].map(([sqlstate, same]) => {
    const prisma = [...new Set(same.flatMap((symptom) => symptom.prisma ?? []))].join(", ");
    const operations = OPERATIONS.filter((one) => same.some(({ operation }) => operation === one)).join(", ");
    const name = told.has(sqlstate) ? sqlstate : sqlstateWords(sqlstate);
    told.add(sqlstate);
    return { name, rest: `${prisma === "" ? "" : `, Prisma ${prisma},`} on ${operations}` };
  });
  return [...groupBy(each, ({ rest }) => rest)]
    .map(([rest, same]) => `${same.map(({ name }) => name).join(" or ")}${rest}`)
    .join("; ");
}
