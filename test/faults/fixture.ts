/** What the tests of faults share: a contract, the schema that satisfies it, and what routes answer in each state. */
import { expect } from "vitest";
import type { Contract } from "../../src/model/contract.js";
import { application, column, contractOf, feature, relation, use } from "../support/builders.js";
import type { LivePostgres } from "../support/live-postgres.js";
import type { LiveService } from "../support/live-service.js";

export const CONTRACT = contractOf(
  application({
    relations: [relation("canaries", [column("id"), column("name", { nullable: true })])],
    features: [feature("sing", [use("canaries", { select: ["id", "name"] })])],
  }),
);
export const PASSWORD = "c4nary-passw0rd";
export const NEW_PASSWORD = "0ther-passw0rd";
/** Names of objects, roles and hosts, and what PostgreSQL and the operating system say: for nobody without the token. */
export const HIDDEN = /canar|sing\b|127\.0\.0\.1|postgres(?!ql)|passw|ECONN|SQLSTATE|terminat|permission|authentic/i;

/** Runs as the administrator. The role owns nothing and may read. */
export async function prepare(server: LivePostgres): Promise<void> {
  await server.sql(`
    create role canary_role login password '${PASSWORD}';
    create table canaries (id text not null, name text);
    grant select on canaries to canary_role`);
}

/** Which routes say that the schema was looked at, whatever was found. */
export const LOOKED = {
  "/livez": 200,
  "/readyz": 200,
  "/schema/verify": 200,
  "/schema/features": 200,
  "/schema/migrations": 200,
  "/schema/changes": 200,
  "/schema/repair": 200,
  "/metrics": 200,
} as const;
export const PASS = { ...LOOKED, "/schema/health": 200 } as const;
export const GAP = { ...LOOKED, "/schema/health": 503 } as const;
/** Nobody could look, three times in a row. */
export const AWAY = {
  ...GAP,
  "/schema/verify": 503,
  "/schema/features": 503,
  "/schema/migrations": 503,
  "/schema/repair": 503,
} as const;

/** That nobody can look is a warning first, and established at the third failure: told once, whatever follows. */
export async function expectAway(service: LiveService, reason: RegExp): Promise<void> {
  await service.untilHealth(/^503 fail unverified: the database could not be asked/);
  expect(await service.health()).toMatch(reason);
  expect(await service.answers()).toEqual(AWAY);
  expect(await service.metric("schemaready_up")).toBe(0);
  expect(await service.metric('schemaready_status{status="fail"}')).toBe(1);
  expect(service.takeEvents()).toEqual(["verify-failed", "verdict unverified"]);
}

/**
 * That the service finds back by itself, tells it once, and has told nobody the password.
 * @param events null: the test looks at them itself
 */
export async function expectHealed(
  service: LiveService,
  events: readonly string[] | null = ["verdict pass"],
): Promise<void> {
  await service.untilHealth(/^200 pass$/);
  expect(await service.answers()).toEqual(PASS);
  expect(await service.metric("schemaready_up")).toBe(1);
  if (events !== null) expect(service.takeEvents()).toEqual(events);
  expect(service.log()).not.toContain(PASSWORD);
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
