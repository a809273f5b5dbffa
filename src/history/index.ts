/** Stage 3: the migration-record tables of the target, and what they say about the required migrations. */
export { detectMigrationTool, readMigrationDirectory } from "./directories/index.js";
export { expectedMigrations } from "./expected.js";
export { historyUnverified, migrationGaps } from "./gaps.js";
export { buildHistories } from "./histories.js";
export { readRecordTables } from "./read.js";
