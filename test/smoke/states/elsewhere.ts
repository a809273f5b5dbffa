/**
 * Folders of test/incidents that are not run here. The demo application is the avatar creator: the tables of the other
 * applications are none of its own, so their states are derived for it (derived.ts), or a folder of its own is alike.
 */
export const ELSEWHERE: Readonly<Record<string, string>> = {
  // Of the other applications: alike here.
  "baseline-skipped-the-old-table": "avatars-in-the-old-shape",
  "column-added-to-a-migration-that-had-run": "users-columns-resolved-as-applied",
  "column-renamed-back": "a column of users was renamed",
  "dashboard-five-tables-missing": "db-push-never-ran",
  "drift-migration-failed-on-index-renames": "avatar-creator-migration-failed",
  "invalid-index-and-the-retry-that-succeeds": "a unique index is invalid",
  "lowercase-columns": "a name was folded",
  "migration-runs-while-we-look": "table-locked-while-we-look",
  "migrations-ran-in-the-other-order": "a default was lost",
  "onboarding-resolved-as-applied": "users-columns-resolved-as-applied",
  "one-release-ahead-and-a-column-gone": "the next release dropped a column",
  "order-fix-adds-the-column-twice": "avatar-creator-migration-failed",
  "projects-created-by-a-later-migration": "pending-migrations-judged-safe",
  "queue-created-by-two-migrations": "avatar-creator-migration-failed",
  "record-table-with-row-security": "row security hides the migrations",
  "restored-from-an-old-backup": "record-inserted-by-hand",
  "restored-from-last-nights-backup": "settings-columns-never-reached-the-server",
  "role-may-not-write": "the role may not write",
  "role-without-usage": "the role has no usage on the schema",
  "table-dropped-after-its-migration": "a table was dropped",
  "table-under-the-name-of-the-model": "a table was dropped",
  "two-tools-two-record-tables": "avatar-creator-migration-failed",
  "wrong-schema": "the tables are in another schema",
  // Only the history differs: no request can meet that.
  "healthy-schema-baselined": "nothing is wrong",
  "healthy-schema-line-ends": "nothing is wrong",
  "healthy-schema-one-release-ahead": "healthy-schema-client-behind",
};
