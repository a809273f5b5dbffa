/** node-pg-migrate: a row for each migration, named without the ending of its file. https://salsita.github.io/node-pg-migrate/ */
import { namedRows } from "./record-table.js";

export const nodePgMigrate = namedRows("node-pg-migrate", { name: "name", finishedAt: "run_on", order: "id" });
