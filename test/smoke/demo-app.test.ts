/** The sample application in both states of the database: broken as in October 2025, and mended. */
import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildApp } from "../../demo/app/app.js";
import { type DatabasePool, openDatabase } from "../../demo/app/database.js";
import { signToken } from "../../demo/app/token.js";
import { generateNext } from "../../demo/app/worker.js";
import { buildIncident, type Incident } from "../../demo/incident.js";
import { deploy, readMigrations, resolveRolledBack } from "../../demo/migrations.js";
import { FIX, MIGRATIONS } from "../../demo/paths.js";
import { seedModels, seedPresets } from "../../demo/seed.js";
import { createTestDatabase, type TestDatabase } from "../support/postgres.js";

const SECRET = "secret of this test";
const FAILED = "20251014_add_avatar_creator_complete";

interface Running {
  readonly test: TestDatabase;
  readonly database: DatabasePool;
  readonly app: FastifyInstance;
  readonly incident: Incident;
  /** Sends a request as the customer from before, or with another token. */
  send(method: "GET" | "POST" | "DELETE", path: string, body?: object, token?: string): Promise<Answer>;
  stop(): Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** The text at a place of the body, such as `data.token`. */
function textAt({ body }: Answer, path: string): string {
  const value = path.split(".").reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], body);
  if (typeof value !== "string") throw new Error(`${path} is not in ${JSON.stringify(body)}`);
  return value;
}

async function start(name: string): Promise<Running> {
  const test = await createTestDatabase(name);
  const incident = await buildIncident(await test.connect(), await readMigrations(MIGRATIONS));
  const database = openDatabase(test.url);
  const app = buildApp({ database, secret: SECRET });
  const customer = signToken(incident.userId, SECRET);
  return {
    ...{ test, database, app, incident },
    send: async (method, url, payload, token = customer) => {
      const headers = { authorization: `Bearer ${token}` };
      const response = await app.inject({ method, url, headers, ...(payload === undefined ? {} : { payload }) });
      return { status: response.statusCode, body: response.json() };
    },
    stop: async () => {
      await app.close();
      await database.close();
      await test.drop();
    },
  };
}

async function mend({ test }: Running): Promise<string[]> {
  const client = await test.connect();
  await resolveRolledBack(client, FAILED);
  const applied = await deploy(client, await readMigrations(MIGRATIONS, FIX));
  await seedModels(client);
  await seedPresets(client);
  return applied;
}

async function balance(send: (method: "GET", path: string) => Promise<Answer>): Promise<unknown> {
  const { body } = await send("GET", "/api/credits/balance");
  return (body as { data: { balance: unknown } }).data.balance;
}

const BASE = "/api/apps/avatar-creator";
const account = { email: "nora@example.com", password: "a password of words", name: "Nora" };
const avatar = { name: "Nora", prompt: "A portrait in warm light", hairColor: "red", seed: 7 };

describe("while the database is broken", () => {
  let running: Running;
  beforeAll(async () => {
    running = await start("broken");
  });
  afterAll(() => running.stop());

  it("says that it is well, and the customer's credits are there", async () => {
    expect(await running.send("GET", "/health")).toEqual({ status: 200, body: { status: "ok" } });
    const { status, body } = await running.send("GET", "/api/credits/balance");
    expect({ status, body }).toEqual({ status: 200, body: { success: true, data: { balance: 1000 } } });
  });

  const missing = (operation: string, reason: string, code = "P2022") => ({
    status: 500,
    body: {
      error: "Internal server error",
      details: `Invalid \`prisma.${operation}()\` invocation: ${reason} does not exist in the current database.`,
      code,
    },
  });

  it("lets nobody log in or register", async () => {
    const column = "The column `users.unlimitedPoseActive`";
    const login = await running.send("POST", "/api/auth/login", { ...account, email: running.incident.email });
    expect(login).toEqual(missing("user.findUnique", column));
    expect(await running.send("POST", "/api/auth/register", account)).toEqual(missing("user.create", column));
    expect(await running.test.query(`select 1 from users where email = '${account.email}'`)).toEqual([]);
  });

  it("cannot list or create projects, and leaves no half project behind", async () => {
    const column = "The column `avatars.personaName`";
    expect(await running.send("GET", `${BASE}/projects`)).toEqual(missing("avatarProject.findMany", column));
    const created = await running.send("POST", `${BASE}/projects`, { name: "New" });
    expect(created).toEqual(missing("avatarProject.create", column));
    expect(await running.test.query("select name from avatar_projects")).toEqual([{ name: "Autumn catalogue" }]);
  });

  it("cannot generate an avatar, and takes no credits for it", async () => {
    const path = `${BASE}/projects/${running.incident.projectId}/avatars/generate`;
    const column = "The column `projectId` of relation `avatar_generations`";
    expect(await running.send("POST", path, avatar)).toEqual(missing("avatarGeneration.create", column));
    expect(await balance(running.send)).toBe(1000);
  });

  it("has no presets, and cannot delete a project", async () => {
    const presets = await running.send("GET", `${BASE}/presets`);
    expect(presets).toEqual(missing("avatarPreset.findMany", "The table `public.avatar_presets`", "P2021"));
    const deleted = await running.send("DELETE", `${BASE}/projects/${running.incident.projectId}`);
    const table = "The table `public.pose_generator_projects`";
    expect(deleted).toEqual(missing("poseGeneratorProject.deleteMany", table, "P2021"));
    expect(await running.test.query("select 1 as one from generated_poses")).toEqual([{ one: 1 }]);
  });

  it("answers 401 when users cannot be read, and balance 0 when credits cannot: database errors in disguise", async () => {
    await running.test.sql(`alter table users rename column role to role_; alter table credits rename to credits_`);
    try {
      const guarded = await running.send("GET", `${BASE}/stats`);
      expect(guarded).toEqual({ status: 401, body: { error: "Unauthorized - Invalid token" } });
      await running.test.sql("alter table users rename column role_ to role");
      const swallowed = await running.send("GET", "/api/credits/balance");
      expect(swallowed).toEqual({ status: 200, body: { success: true, data: { balance: 0 } } });
    } finally {
      await running.test.sql("alter table credits_ rename to credits");
    }
  });
});

describe("after the fix", () => {
  let running: Running;
  let token: string;
  let applied: string[];
  beforeAll(async () => {
    running = await start("mended");
    applied = await mend(running);
  });
  afterAll(() => running.stop());

  const send = (method: "GET" | "POST" | "DELETE", path: string, body?: object) =>
    running.send(method, path, body, token);

  const newestProject = async () => textAt(await send("GET", `${BASE}/projects`), "projects.0.id");

  it("has run the failed migration as it was, between the fix and the pending ones", () => {
    expect(applied).toEqual([
      "20251013_reshape_avatar_tables",
      FAILED,
      "20251015_add_recovery_indexes",
      "20251015_add_variation_key_to_generated_pose",
      "20251016_p2_performance_indexes",
      "20251018_add_user_settings",
    ]);
  });

  it("has kept what the customer had", async () => {
    const { body } = await running.send("GET", `${BASE}/projects`);
    expect(body).toMatchObject({
      projects: [{ name: "Autumn catalogue", avatars: [{ name: "Lena", personaName: null }] }],
    });
    const generations = await running.test.query(`select "projectId", prompt from avatar_generations`);
    expect(generations).toEqual([
      { projectId: running.incident.projectId, prompt: "Pose template cposetemplate000000000001" },
    ]);
    const poses = await running.test.query(
      `select p."projectName", g."totalExpectedPoses", o."outputImageUrl", o."thumbnailUrl" from generated_poses o
       join pose_generations g on g.id = o."generationId" join pose_generator_projects p on p.id = g."projectId"`,
    );
    const image = "/outputs/lena-standing.png";
    expect(poses).toEqual([
      { projectName: "Earlier poses", totalExpectedPoses: 1, outputImageUrl: image, thumbnailUrl: image },
    ]);
  });

  it("registers a user with a welcome bonus, and logs in", async () => {
    const registered = await send("POST", "/api/auth/register", account);
    expect(registered).toMatchObject({ status: 201, body: { success: true, data: { user: { name: "Nora" } } } });
    const login = await send("POST", "/api/auth/login", account);
    expect(login).toMatchObject({ status: 200, body: { data: { user: { creditBalance: 100 } } } });
    token = textAt(login, "data.token");
    const profile = await send("GET", "/api/auth/profile");
    expect(profile).toMatchObject({ status: 200, body: { email: account.email, role: "user", creditBalance: 100 } });
  });

  it("refuses a wrong password with 500, a taken address with 409, a strange token with 401", async () => {
    const wrong = await send("POST", "/api/auth/login", { ...account, password: "another password" });
    expect(wrong).toMatchObject({ status: 500, body: { code: "INTERNAL_ERROR" } });
    expect((await send("POST", "/api/auth/register", account)).status).toBe(409);
    expect((await running.send("GET", "/api/auth/profile", undefined, "x.y.z")).status).toBe(401);
    expect((await send("POST", "/api/auth/register", { email: "x" })).status).toBe(400);
  });

  it("generates an avatar for ten credits", async () => {
    const created = await send("POST", `${BASE}/projects`, { name: "Portraits" });
    expect(created).toMatchObject({ status: 200, body: { message: "Project created successfully" } });
    expect(created.body).toMatchObject({ project: { name: "Portraits", avatars: [] } });
    const projectId = textAt(created, "project.id");
    const started = await send("POST", `${BASE}/projects/${projectId}/avatars/generate`, avatar);
    expect(started.body).toMatchObject({
      message: "Avatar generation started",
      generation: { projectId, status: "pending", avatarId: null },
      ...{ creditUsed: 10, creditBalance: 90 },
    });

    const path = `${BASE}/generations/${textAt(started, "generation.id")}`;
    expect(textAt(await send("GET", path), "generation.status")).toBe("pending");
    expect(await generateNext(running.database)).toBe(true);
    expect(await generateNext(running.database)).toBe(false);
    const finished = await send("GET", path);
    expect(finished.body).toMatchObject({ generation: { status: "completed", errorMessage: null } });
    const shown = await send("GET", `${BASE}/avatars/${textAt(finished, "generation.avatarId")}`);
    expect(shown.body).toMatchObject({ avatar: { name: "Nora", hairColor: "red", seedUsed: 7, projectId } });
    expect(textAt(shown, "avatar.baseImageUrl")).toMatch(/^data:image\/svg\+xml;base64,/);
    expect(await balance(send)).toBe(90);
    expect((await send("GET", `${BASE}/stats`)).body).toMatchObject({ stats: { totalAvatars: 1, totalProjects: 1 } });
    expect((await send("GET", `${BASE}/projects/${projectId}`)).body).toMatchObject({ project: { avatars: [{}] } });
  });

  it("gives the credits back when the image service refuses", async () => {
    const projectId = await newestProject();
    const refused = { name: "No", prompt: "Something with gore in it" };
    const started = await send("POST", `${BASE}/projects/${projectId}/avatars/generate`, refused);
    expect(started.body).toMatchObject({ creditBalance: 80 });
    await generateNext(running.database);
    const { body } = await send("GET", `${BASE}/generations/${textAt(started, "generation.id")}`);
    const errorMessage = "The image service refused the prompt.";
    expect(body).toMatchObject({ generation: { status: "failed", avatarId: null, errorMessage } });
    expect(await balance(send)).toBe(90);
  });

  it("takes generations of a name back: their avatars and what was booked for them, later balances included", async () => {
    const projectId = await newestProject();
    const path = `${BASE}/projects/${projectId}/avatars/generate`;
    const rows = async () => {
      const tables = ["credits", "app_usages", "avatars", "avatar_generations"];
      const each = tables.map((table) => `select '${table}' as name, count(*)::int as rows from ${table}`);
      return running.test.query(each.join(" union all "));
    };
    const before = await rows();
    await send("POST", path, { ...avatar, name: "Again & again" });
    await send("POST", path, { ...avatar, name: "Stays" });
    await send("POST", path, { name: "Again & again", prompt: "Something with gore in it" });
    while (await generateNext(running.database));
    expect(await balance(send)).toBe(70);
    const again = `${BASE}/generations?name=${encodeURIComponent("Again & again")}`;
    expect((await send("DELETE", again)).body).toMatchObject({ deleted: 2 });
    expect(await balance(send)).toBe(80);
    expect((await send("DELETE", again)).body).toMatchObject({ deleted: 0 });
    expect((await send("DELETE", `${BASE}/generations?name=Stays`)).body).toMatchObject({ deleted: 1 });
    expect({ balance: await balance(send), rows: await rows() }).toEqual({ balance: 90, rows: before });
    expect((await send("DELETE", `${BASE}/generations`)).status).toBe(400);
  });

  it("answers 402 when the credits are short, and spends none twice", async () => {
    const projectId = await newestProject();
    const path = `${BASE}/projects/${projectId}/avatars/generate`;
    const answers = await Promise.all(Array.from({ length: 11 }, () => send("POST", path, avatar)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(9);
    const refused = answers.filter(({ status }) => status === 402).map(({ body }) => body);
    expect(refused).toEqual(Array(2).fill({ error: "Insufficient credits", required: 10, current: 0 }));
    const ledger = `select sum(amount)::int as sum, min(balance) as lowest from credits c join users u on u.id = c."userId"
      where u.email = $1`;
    expect(await running.test.query(ledger, [account.email])).toEqual([{ sum: 0, lowest: 0 }]);
  });

  it("shows applications and presets; without a model it has neither application nor generation", async () => {
    const availableModels = [{ modelId: "flux-dev", tier: "free" }];
    expect((await send("GET", "/api/apps")).body).toMatchObject({
      apps: [{ appId: "avatar-creator", availableModels }],
    });
    const presets = await send("GET", `${BASE}/presets?category=casual`);
    expect(presets.body).toMatchObject({ presets: [{ name: "Weekend" }] });
    const projectId = await newestProject();
    await running.test.sql("update ai_models set enabled = false");
    expect((await send("GET", "/api/apps")).body).toEqual({ apps: [] });
    const refused = await send("POST", `${BASE}/projects/${projectId}/avatars/generate`, avatar);
    expect(refused).toMatchObject({ status: 404, body: { code: "RESOURCE_NOT_FOUND", error: "AIModel not found" } });
  });

  it("deletes projects and accounts without leaving rows", async () => {
    const deleted = await running.send("DELETE", `${BASE}/projects/${running.incident.projectId}`);
    expect(deleted).toEqual({ status: 200, body: { message: "Project deleted successfully" } });
    await running.send("DELETE", "/api/auth/account");
    expect((await send("DELETE", "/api/auth/account")).status).toBe(200);
    expect((await send("GET", "/api/auth/profile")).status).toBe(401);
    const tables = ["users", "credits", "devices", "app_usages", "avatars", "avatar_projects", "avatar_generations"];
    tables.push("avatar_usage_history", "pose_generations", "generated_poses", "pose_generator_projects");
    const counts = await running.test.query(tables.map((table) => `select from ${table}`).join(" union all "));
    expect(counts).toEqual([]);
  });
});
