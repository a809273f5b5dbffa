/** Ecto: a row for each version. https://hexdocs.pm/ecto_sql/Ecto.Migration.html */
import { namedRows } from "./record-table.js";

export const ecto = namedRows("ecto", { name: "version", finishedAt: "inserted_at" });
