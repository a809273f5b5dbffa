/** What the tests of faults share: a contract, and the schema that satisfies it. */
import type { Contract } from "../../src/model/contract.js";
import { application, column, contractOf, feature, relation, use } from "../support/builders.js";
import type { LivePostgres } from "../support/live-postgres.js";

export const CONTRACT = contractOf(
  application({
    relations: [relation("canaries", [column("id"), column("name", { nullable: true })])],
    features: [feature("sing", [use("canaries", { select: ["id", "name"] })])],
  }),
);
export const PASSWORD = "c4nary-passw0rd";
export const NEW_PASSWORD = "0ther-passw0rd";
/** Names of objects, roles and hosts, and what PostgreSQL and the operating system say: for nobody without the token. */
export const HIDDEN = /canar|sing\b|127\.0\.0\.1|postgres(?!ql)|passw0rd|ECONN|SQLSTATE|terminat|permission|authentic/i;

/** Runs as the administrator. The role owns nothing and may read. */
export async function prepare(server: LivePostgres): Promise<void> {
  await server.sql(`
    create role canary_role login password '${PASSWORD}';
    create table canaries (id text not null, name text);
    grant select on canaries to canary_role`);
}

/** The same tables, and a look into one of them, which takes so long. */
export function lookingInside(where: string): Contract {
  const rows = { id: "some", relation: { schema: "public", name: "canaries" }, where, atLeast: 0, atMost: null };
  return contractOf(
    application({
      relations: [relation("canaries", [column("id")])],
      features: [feature("sing", [use("canaries", { select: ["id"] })], { rows: [rows] })],
    }),
  );
}
