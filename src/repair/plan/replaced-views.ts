/** A view that is there in another shape is made anew: it holds nothing of its own. */
import { displayName } from "../../model/names.js";
import type { Gap } from "../../model/report.js";
import { dropObject } from "../ddl/index.js";
import { dependentsOf } from "./checks.js";
import { draft, task, together } from "./draft.js";
import { hazard } from "./hazards.js";
import type { Known } from "./known.js";
import { missingView } from "./objects.js";
import { tableOf } from "./subjects.js";
import type { Planned } from "./task.js";

const VIEWS = ["view", "materialized-view"];

/** Null: the gap is about no view. */
export function replacedView(gap: Gap, known: Known): Planned | null {
  const view = tableOf(gap);
  const kind = known.actual(view)?.kind ?? known.expected(view, gap.applications)?.kind ?? "table";
  if (!VIEWS.includes(kind) || !(gap.code === "MISSING_COLUMN" || gap.code === "COLUMN_TYPE")) return null;
  const { tasks, left } = missingView({ ...gap, actual: null }, known);
  const [made] = tasks;
  if (made === undefined) return { tasks, left };
  const makes = new Set(made.drafts.flatMap((each) => each.makes));
  const word = kind === "view" ? "VIEW" : "MATERIALIZED VIEW";
  const drop = draft(
    "view",
    dropObject(word, view),
    `${gap.message} It is made anew: a view holds nothing of its own, only its grants go with it.`,
    {
      ...{ hazards: [hazard("breaks-running-code", displayName(view))], table: null },
      checks: (known.actual(view)?.columns ?? []).slice(0, 1).map(({ name }) => dependentsOf(view, name)),
      // What cannot be made again is not dropped.
      needs: made.drafts.flatMap(({ needs }) => needs).filter((key) => !makes.has(key)),
    },
  );
  return together(task([gap], made.what, [drop, ...made.drafts]));
}
