/** MikroORM: a row for each migration, named with or without the ending of its file. https://mikro-orm.io/docs/migrations */
import { namedRows } from "./record-table.js";

export const mikroOrm = namedRows("mikro-orm", { name: "name", finishedAt: "executed_at", order: "id" });
