/** A project with a dump, migrations and a reference database of one shop, and check files beside them. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";
import { SchemareadyError } from "../../../src/errors/index.js";
import type { Contract } from "../../../src/model/contract.js";
import { type CompileRequest, compileSources } from "../../../src/sources/index.js";
import { createFolder } from "../../support/cli-checks.js";
import { type TestContext, useSources } from "../../support/sources.js";

export const SHOP = `create type state as enum ('open', 'closed');
create table orders (id bigint primary key, state state not null, total numeric(10, 2));
create table customers (id bigint primary key, email text not null unique);`;

export const FEATURES = `features:
  order: { endpoints: ["POST /orders"], reads: { customers: [id, email] }, writes: { orders: "*" } }
`;

const PRISMA = `datasource db {
  provider = "postgresql"
  url      = env("DATABASE_URL")
}
enum state {
  open
  closed
}
model orders {
  id    BigInt   @id
  state state
  total Decimal? @db.Decimal(10, 2)
}
model customers {
  id    BigInt @id
  email String @unique
}
`;

/** For the tests of one file; removes what it made. */
export function useProject() {
  const folder = createFolder();
  const context = useSources();
  beforeAll(() => {
    folder.file("shop.sql", SHOP);
    const migration = join(folder.path, "prisma", "migrations", "20250101000000_init");
    mkdirSync(migration, { recursive: true });
    writeFileSync(join(migration, "migration.sql"), SHOP);
    writeFileSync(join(folder.path, "prisma", "schema.prisma"), PRISMA);
    mkdirSync(join(folder.path, "checks"));
  });
  afterAll(() => folder.remove());
  const compile = (
    checks: readonly string[],
    more: Partial<CompileRequest> = {},
    sources: TestContext = context(),
  ): Promise<Contract> =>
    compileSources({ named: null, checks, defaultSchema: "public", environment: {}, ...more }, sources);
  return {
    folder,
    context,
    compile,
    /** Writes a check file and gives its path. */
    check: (name: string, text: string) => folder.file(join("checks", name), `version: 1\n${text}`),
    /** What compiling is refused with; places are relative to the project. */
    refusal: async (checks: readonly string[], more: Partial<CompileRequest> = {}) => {
      const error = await compile(checks, more).then(
        () => null,
        (thrown: unknown) => thrown,
      );
      if (!(error instanceof SchemareadyError)) throw new Error("not refused", { cause: error });
      const relative = (place: string) => place.replace(`${folder.path}/`, "");
      const problems = error.problems.map(({ place = "", message }) => `${relative(place)}: ${message}`);
      return { code: error.code, problems, text: error.text() };
    },
  };
}
