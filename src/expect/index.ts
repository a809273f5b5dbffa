export { reprinted } from "./build/renderings.js";
export type { CheckFile } from "./check-file.js";
export { kindOf, variableIn } from "./checks/expect.js";
export { type CompileInput, compileContract } from "./compile.js";
export {
  applicationFor,
  contractFileSchema,
  contractFromModel,
  contractJsonSchema,
  type JoinInput,
  joinContract,
  type ModelSource,
  parseContract,
  printContract,
} from "./contract-file/index.js";
export { type SqlFileInput, schemaFromSql } from "./dump/index.js";
export { type MigrationsInput, schemaFromMigrations } from "./from-migrations.js";
export { checkFileError, type LoadedChecks, type LoadOptions, loadCheckFiles, type Surroundings } from "./load/load.js";
export { migrationFailures } from "./migration-failures.js";
export { type KnownSchema, NOTHING_KNOWN } from "./names.js";
export {
  buildPrismaSchema,
  type PrismaInput,
  type PrismaResult,
  type PrismaSchema,
  readPrismaSchema,
  schemaFromPrisma,
} from "./prisma/index.js";
export {
  type Change,
  complaintOf,
  diffModels,
  type Fact,
  type ReplayInput,
  type ReplayResult,
  readSnapshot,
  replay,
} from "./replay/index.js";
export { type CheckFileContent, checkFileJsonSchema, checkFileSchema } from "./schema/check-file.js";
