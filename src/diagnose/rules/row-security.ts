/**
 * ROW_SECURITY: policies stand between a role and the rows. For the application they hide rows without an error; to
 * whoever verifies, PostgreSQL refuses to read at all (42501), because hidden rows would look like rows that are not there.
 * https://www.postgresql.org/docs/current/ddl-rowsecurity.html
 */
import { displayName } from "../../model/names.js";
import type { TouchedRelation } from "../../model/surroundings.js";
import { touchedBy } from "../around.js";
import type { Explanation, Facts } from "../rule.js";
import { listNames } from "../text.js";

export function rowSecurity(facts: Facts): Explanation[] {
  return [...hiddenFromTheApplication(facts), ...hiddenFromUs(facts)];
}

function hiddenFromTheApplication({ gaps }: Facts): Explanation[] {
  const hidden = gaps.filter(({ code }) => code === "ROW_SECURITY_HIDES_ROWS");
  if (hidden.length === 0) return [];
  const names = listNames(hidden.map(({ subject: { schema, name } }) => `${schema ?? ""}.${name}`));
  return [
    {
      code: "ROW_SECURITY",
      key: ["application"],
      confidence: "certain",
      gaps: hidden.map(({ id }) => id),
      restates: [],
      message: `Row security is switched on for ${names}, and no policy is made for what the application does there.`,
      evidence: hidden.map(({ message }) => ({ fact: message, source: "pg_class and pg_policy" })),
      doubt: null,
    },
  ];
}

function hiddenFromUs(facts: Facts): Explanation[] {
  const hidden = facts.unverified.flatMap((about) => {
    const touched = about.sqlstate === "42501" ? touchedBy(facts, about) : undefined;
    return touched?.rowSecurity ? [{ about, touched }] : [];
  });
  const tables = [...new Map(hidden.map(({ touched }) => [displayName(touched), touched])).values()];
  if (tables.length === 0) return [];
  const role = facts.target?.user ?? "";
  return [
    {
      code: "ROW_SECURITY",
      key: ["looking", ...tables.map(displayName)],
      confidence: "certain",
      gaps: [],
      restates: [],
      unverified: hidden.map(({ about }) => about.subject),
      message: `Row security is switched on for ${listNames(tables.map(displayName))} and could hide rows from the database user that schemaready connects as, so nothing was read there.`,
      evidence: tables.map((table) => ({ fact: fact(table, role), source: "pg_class" })),
      doubt: null,
    },
  ];
}

function fact(table: TouchedRelation, role: string): string {
  return `row security is enabled on ${displayName(table)}, and role ${role} is neither its owner (${table.owner}) nor has BYPASSRLS`;
}
