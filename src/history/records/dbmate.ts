/** dbmate: a row for each version, nothing else; the table is shaped like that of Rails. https://github.com/amacneil/dbmate */
import { namedRows } from "./record-table.js";

export const dbmate = namedRows("dbmate", { name: "version" });
