/** One migration on top of tables that `db push` had made. */
import { type Rebuilt, refersToMissing } from "./text.js";

export const LUMIKU: readonly Rebuilt[] = [
  refersToMissing("20251014_add_avatar_creator_complete", 294, "avatar_projects", "users"),
];
