/** Django: a row for each migration of each app; the name here is `app.name`. https://docs.djangoproject.com/en/stable/topics/migrations/ */
import { namedRows } from "./record-table.js";

export const django = namedRows("django", { name: "(app || '.' || name)", finishedAt: "applied", order: "id" });
