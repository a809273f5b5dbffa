/** Sequelize and Umzug: a row for each migration file, nothing else. https://sequelize.org/docs/v6/other-topics/migrations/ */
import { namedRows } from "./record-table.js";

export const sequelize = namedRows("sequelize", { name: "name" });
