/** TypeORM: a row for each migration class; its time is that of the class's name, not of the run. https://typeorm.io/docs/migrations/why/ */
import { namedRows } from "./record-table.js";

export const typeorm = namedRows("typeorm", { name: "name", order: "id" });
