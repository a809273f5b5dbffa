/** Alembic: the current heads, and nothing of what came before them. https://alembic.sqlalchemy.org/en/latest/ */
import { namedRows } from "./record-table.js";

export const alembic = namedRows("alembic", { name: "version_num" });
