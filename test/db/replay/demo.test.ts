/** The history of the demo, with the migration that mends it in its place, and 300 generated migrations. */
import { describe, expect, it } from "vitest";
import { readMigrations } from "../../../demo/migrations.js";
import { FIX, MIGRATIONS } from "../../../demo/paths.js";
import { type Folder, originsOf, useReplay } from "./support.js";

const replayed = useReplay();

async function demo(...directories: readonly string[]): Promise<Folder> {
  const migrations = await readMigrations(...directories);
  return Object.fromEntries(migrations.map(({ name, script }) => [name, script]));
}

describe("the demo's history", () => {
  it("names the migration of every column of avatar_generations", async () => {
    const { failures, provenance, model } = await replayed(await demo(MIGRATIONS, FIX));
    expect(failures).toEqual([]);
    const table = model.relations.find(({ name }) => name === "avatar_generations");
    const origins = originsOf(provenance);
    const columns = table?.columns.map(({ name }) => [
      name,
      origins[`column avatar_generations.${name}`]?.replace(/:\d+/g, ""),
    ]);
    expect(Object.fromEntries(columns ?? [])).toMatchInlineSnapshot(`
      {
        "avatarId": "20251013_reshape_avatar_tables",
        "completedAt": "20251011_avatar_pose_split",
        "createdAt": "20251011_avatar_pose_split",
        "creditUsed": "20251011_avatar_pose_split",
        "errorMessage": "20251011_avatar_pose_split",
        "id": "20251011_avatar_pose_split",
        "inputImageUrl": "20251011_avatar_pose_split 20251013_reshape_avatar_tables",
        "options": "20251013_reshape_avatar_tables",
        "outputImageUrl": "20251011_avatar_pose_split",
        "poseTemplateId": "20251011_avatar_pose_split 20251013_reshape_avatar_tables",
        "projectId": "20251013_reshape_avatar_tables",
        "prompt": "20251013_reshape_avatar_tables",
        "quality": "20251011_avatar_pose_split",
        "status": "20251011_avatar_pose_split",
        "userId": "20251011_avatar_pose_split",
      }
    `);
  });

  it("fails where the demo's incident fails: 20251014 meets constraints of the same name", async () => {
    const result = await replayed(await demo(MIGRATIONS));
    expect(result.failures).toMatchInlineSnapshot(`
      [
        {
          "code": "DUPLICATE_OBJECT",
          "diagnosis": "Constraint "avatars_projectId_fkey" of "avatars" is created at 20251011_avatar_pose_split/migration.sql:41 and again at 20251014_add_avatar_creator_complete/migration.sql:54: two migrations create it. On an empty database the second one always fails. Take it out of one of them (a database where the second was marked as applied by hand needs no change).",
          "file": "20251014_add_avatar_creator_complete/migration.sql",
          "line": 54,
          "message": "constraint "avatars_projectId_fkey" for relation "avatars" already exists",
          "migration": "20251014_add_avatar_creator_complete",
          "sqlstate": "42710",
          "statement": "ALTER TABLE "avatars" ADD CONSTRAINT "avatars_projectId_fkey" FOREIGN KEY ("projectId")
          REFERENCES "avatar_projects" ("id") ON DELETE CASCADE ON UPDATE CASCADE",
        },
      ]
    `);
  });
});

describe("speed", () => {
  it("replays 300 migrations", async () => {
    const folder = Object.fromEntries(
      Array.from({ length: 300 }, (_, i) => {
        const table = `t${Math.floor(i / 3)}`;
        const scripts = [
          `CREATE TABLE "${table}" ("id" SERIAL PRIMARY KEY, "name" TEXT NOT NULL DEFAULT 'x', "at" TIMESTAMP(3) DEFAULT now(), "a" INT, "b" INT, "c" JSONB);`,
          `ALTER TABLE "${table}" ADD COLUMN "extra" TEXT; CREATE INDEX "${table}_extra_idx" ON "${table}" ("extra") WHERE "a" > 0;`,
          `UPDATE "${table}" SET "a" = 1; ALTER TABLE "${table}" ADD CONSTRAINT "${table}_check" CHECK ("a" > 0 OR "b" IN (1, 2));`,
        ];
        return [`2025${String(i).padStart(4, "0")}_m`, scripts[i % 3] ?? ""];
      }),
    );
    const started = performance.now();
    const { failures, model } = await replayed(folder);
    process.stderr.write(`300 migrations: ${Math.round(performance.now() - started)} ms\n`);
    expect(failures).toEqual([]);
    expect(model.relations).toHaveLength(100);
  });
});
