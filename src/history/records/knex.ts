/** Knex: a row for each migration, with the name of the JavaScript file. https://knexjs.org/guide/migrations.html */
import { namedRows } from "./record-table.js";

export const knex = namedRows("knex", { name: "name", finishedAt: "migration_time", order: "id" });
