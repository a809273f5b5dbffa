/** Supabase CLI: a row for each version, and only the versions are compared. https://supabase.com/docs/guides/deployment/database-migrations */
import { namedRows } from "./record-table.js";

export const supabase = { ...namedRows("supabase", { name: "version" }), schemas: ["supabase_migrations"] };
