/** A database whose whole schema is the contract, to be broken by a test and verified. */
import { parseConnectionString } from "../../../src/config/index.js";
import { DEFAULT_LIMITS } from "../../../src/db/index.js";
import type { Application, Contract, RowsExpectation } from "../../../src/model/contract.js";
import type { Cause, Report } from "../../../src/model/report.js";
import { verify } from "../../../src/verify.js";
import { contractOf, readModel } from "../../support/models.js";
import type { TestDatabase } from "../../support/postgres.js";

/** The contract that demands what is there now; privileges are not judged. */
export async function contractNow(database: TestDatabase, fields: Partial<Application> = {}): Promise<Contract> {
  const model = await readModel(database.url, ["public"]);
  return contractOf(model, "public", { role: false, ...fields });
}

/** Rows that a feature needs in a table. */
export function rowsIn(name: string, atLeast = 1): RowsExpectation {
  return { id: `r-${name}`, relation: { schema: "public", name }, where: null, atLeast, atMost: null };
}

/** The contract's only feature, with reference rows. */
export function needingRows({ applications, ...contract }: Contract, ...rows: RowsExpectation[]): Contract {
  return {
    ...contract,
    applications: applications.map((application) => ({
      ...application,
      features: application.features.map((feature) => ({ ...feature, rows })),
    })),
  };
}

export function verifyAs(url: string, contract: Contract): Promise<Report> {
  return verify({ contract, connection: parseConnectionString(url), limits: DEFAULT_LIMITS });
}

/** `CODE confidence`, in the order of the report. */
export function causesOf({ causes }: Report): string[] {
  return causes.map(({ code, confidence }) => `${code} ${confidence}`);
}

export function gapsOf({ gaps }: Report): string[] {
  return gaps.map(
    ({ code, subject }) => `${code} ${subject.relation === null ? "" : `${subject.relation}.`}${subject.name}`,
  );
}

/** What the evidence of a cause says, one fact a line; empty when there is no such cause. */
export function evidenceOf({ causes }: Report, code: Cause["code"]): string {
  return causes
    .filter((cause) => cause.code === code)
    .flatMap(({ evidence }) => evidence.map(({ fact }) => fact))
    .join("\n");
}

/** Waits until the query gives rows: for what another session is about to do, never for a time that has passed. */
export async function until(database: TestDatabase, query: string, params: readonly unknown[] = []): Promise<void> {
  while ((await database.query(query, params)).length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
}
