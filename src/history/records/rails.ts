/** Rails: a row for each version, nothing else. https://guides.rubyonrails.org/active_record_migrations.html */
import { namedRows } from "./record-table.js";

export const rails = namedRows("rails", { name: "version" });
