/** diesel: a row for each version. https://diesel.rs/guides/getting-started */
import { namedRows } from "./record-table.js";

export const diesel = namedRows("diesel", { name: "version", finishedAt: "run_on" });
