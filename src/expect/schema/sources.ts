/** The section `expect`: what else the application's schema is taken from, besides what the file itself describes. */
import { z } from "zod";
import { MIGRATION_TOOLS } from "../../model/migrations.js";
import { exactlyOne, section, text, texts } from "./blocks.js";

/** Exactly one of them. */
export const EXPECT_KINDS = ["migrations", "prisma", "sql", "database", "contract"] as const;
export type ExpectKind = (typeof EXPECT_KINDS)[number];

const PATH = "Relative to this file.";

export const expectSection = section({
  migrations: section({
    directory: text.describe(`Directory of the migrations. ${PATH}`),
    tool: z.enum(MIGRATION_TOOLS).optional().describe("Whose migrations; default: found out from the directory."),
  })
    .optional()
    .describe("Everything that the migrations make."),
  prisma: text
    .optional()
    .describe(`Everything that this schema.prisma, or folder of *.prisma files, describes. ${PATH}`),
  sql: text.optional().describe(`Everything that this SQL file makes: pg_dump, structure.sql, plain DDL. ${PATH}`),
  database: text
    .optional()
    .describe(
      'Everything in a schema of this reference database: a URL without a password, or "{{env.NAME}}" for the variable that holds one.',
    ),
  contract: text.optional().describe(`What a contract says that was compiled elsewhere. ${PATH}`),
  schemas: texts
    .optional()
    .describe("Only what is in these schemas; default: all that are made, of a database the application's."),
}).superRefine((value, context) => {
  exactlyOne(value, EXPECT_KINDS, context);
  if (value.schemas === undefined) return;
  const whole = value.contract !== undefined ? "a contract" : value.prisma !== undefined ? "a Prisma schema" : null;
  if (whole === null) return;
  context.addIssue({ code: "custom", path: ["schemas"], message: `${whole} is taken as a whole: remove schemas` });
});

export type ExpectSection = z.output<typeof expectSection>;
