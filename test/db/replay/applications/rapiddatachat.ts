/** Names of 8 and 14 digits: which migration runs first depends on the version of Prisma. */
import { inLines, type Rebuilt, runs, withFault } from "./text.js";

const table = (name: string) => `CREATE TABLE "${name}" ("id" TEXT NOT NULL PRIMARY KEY, "project_id" TEXT);`;
const toProjects = (own: string) =>
  `ALTER TABLE "${own}" ADD CONSTRAINT "${own}_project_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id");`;
const PROJECTS = 'CREATE TABLE "projects" ("id" TEXT NOT NULL PRIMARY KEY);';
const FILES_COLUMN = 'ALTER TABLE "files" ADD COLUMN "project_id" TEXT;';

const BEGINNING: readonly Rebuilt[] = [
  runs(
    "20250507030812_init",
    'CREATE TABLE "files" ("id" TEXT NOT NULL PRIMARY KEY);\nCREATE TABLE "dead_letter_queue" ();',
  ),
  runs("20250507031816_fix_schema_relations", 'ALTER TABLE "files" ADD COLUMN "status" TEXT;'),
  runs("20250507042859_add_filepath_to_file", 'ALTER TABLE "files" ADD COLUMN "filepath" TEXT;'),
  runs("20250507_add_queries_table", table("queries")),
  runs("20250512_add_activation_progress", table("activation_progress")),
];
const ERROR_HANDLING = withFault(
  "20250513_add_error_handling",
  33,
  'CREATE TABLE "dead_letter_queue" ("id" TEXT NOT NULL PRIMARY KEY);',
  "DUPLICATE_OBJECT 42P07",
);
const needsProjects = (name: string, line: number, own: string): Rebuilt =>
  withFault(name, line, toProjects(own), "ORDER_DIFFERS 42P01", { 2: table(own) });
const AFTER_PROJECTS: readonly Rebuilt[] = [
  needsProjects("20250513_add_batch_processing", 127, "batch_jobs"),
  ERROR_HANDLING,
  needsProjects("20250513_add_normalized_storage", 89, "storage_rows"),
  needsProjects("20250513_add_relationship_management", 66, "relationships"),
  needsProjects("20250513_add_validation_framework", 83, "validation_rules"),
];

/** As it was on 2025-05-13, with what fails from Prisma 6.6 on. */
export const RAPIDDATACHAT_EARLY: readonly Rebuilt[] = [
  ...BEGINNING,
  runs("20250513022650_add_project_and_schema_models", inLines({ 2: FILES_COLUMN, 4: PROJECTS })),
  ...AFTER_PROJECTS,
];

/** As it is today: a migration was put in front that does the work of a later one, and a repaired copy beside the original. */
export const RAPIDDATACHAT: readonly Rebuilt[] = [
  ...BEGINNING,
  runs("20250512999999_fix_migration_order", `${PROJECTS}\n${FILES_COLUMN}`),
  runs(
    "20250513000000_create_projects_table",
    'CREATE TABLE IF NOT EXISTS "projects" ("id" TEXT NOT NULL PRIMARY KEY);',
  ),
  withFault("20250513022650_add_project_and_schema_models", 2, FILES_COLUMN, "DUPLICATE_OBJECT 42701"),
  runs("20250513_add_batch_processing", `${table("batch_jobs")}\n${toProjects("batch_jobs")}`),
  withFault("20250513_add_batch_processing_fixed", 18, table("batch_jobs"), "DUPLICATE_OBJECT 42P07"),
  runs("20250513_add_error_handling_fixed", table("error_logs")),
  runs("20250513_add_normalized_storage", `${table("storage_rows")}\n${toProjects("storage_rows")}`),
  runs("20250513_add_relationship_management", `${table("relationships")}\n${toProjects("relationships")}`),
  runs("20250513_add_validation_framework", `${table("validation_rules")}\n${toProjects("validation_rules")}`),
  runs("20250517_smart_import_v1_1", table("smart_imports")),
];
