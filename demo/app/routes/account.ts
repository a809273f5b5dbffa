/** Register, log in, look at the account, close it. */
import type { FastifyInstance, FastifyRequest } from "fastify";
import { balanceOf, book, WELCOME_BONUS } from "../credits.js";
import type { Database } from "../database.js";
import { HttpError } from "../errors.js";
import { authenticate, type Services } from "../guard.js";
import { newId } from "../ids.js";
import { hashPassword, verifyPassword } from "../password.js";
import { allColumns, insertInto, now } from "../tables.js";
import { signToken } from "../token.js";
import { deleteEverythingOf } from "./deletion.js";

interface UserRow {
  readonly id: string;
  readonly email: string;
  readonly password: string;
  readonly name: string | null;
  readonly createdAt: string;
}

interface Credentials {
  readonly email: string;
  readonly password: string;
}

const email = { type: "string", minLength: 3, maxLength: 254, pattern: "^[^@\\s]+@[^@\\s]+$" };
const password = { type: "string", minLength: 12, maxLength: 128 };
const name = { type: "string", minLength: 1, maxLength: 100 };
const registration = {
  body: { type: "object", required: ["email", "password"], properties: { email, password, name } },
};
const credentials = {
  body: { type: "object", required: ["email", "password"], properties: { email, password: { type: "string" } } },
};

export function accountRoutes(app: FastifyInstance, services: Services): void {
  const { database, secret } = services;

  app.post<{ Body: Credentials & { name?: string } }>(
    "/api/auth/register",
    { schema: registration },
    async (request, reply) => {
      const user = await register(database, request.body);
      const { id, email, name, createdAt } = user;
      const data = { user: { id, email, name, createdAt }, token: signToken(id, secret) };
      return reply.code(201).send({ success: true, data, message: "Account created successfully" });
    },
  );

  app.post<{ Body: Credentials }>("/api/auth/login", { schema: credentials }, async (request) => {
    const { id, email, name } = await logIn(database, request.body);
    // A device that cannot be remembered is no reason to keep its owner out.
    await rememberDevice(database, id, request).catch((error) => request.log.warn(error));
    const user = { id, email, name, creditBalance: await balanceOf(database, id) };
    return { success: true, data: { user, token: signToken(id, secret) }, message: "Login successful" };
  });

  app.get("/api/auth/profile", async (request) => {
    const user = await authenticate(request, services);
    const [profile] = await database.query(
      "user.findUnique",
      `SELECT "users"."id", "users"."email", "users"."name", "users"."role", "users"."createdAt" FROM "users"
       WHERE "users"."id" = $1`,
      [user.id],
    );
    return { ...profile, creditBalance: await balanceOf(database, user.id) };
  });

  // Not in the original. Accounts that a smoke run registers have to go again.
  app.delete("/api/auth/account", async (request) => {
    const user = await authenticate(request, services);
    await database.transaction((transaction) => deleteEverythingOf(transaction, user.id));
    return { message: "Account deleted successfully" };
  });
}

async function register(database: Database, body: Credentials & { name?: string }): Promise<UserRow> {
  const text = `SELECT "users"."email" FROM "users" WHERE "users"."email" = $1`;
  const taken = await database.query("user.findUnique", text, [body.email]);
  if (taken.length > 0) throw new HttpError(409, { error: "User with this email already exists" });
  const hash = await hashPassword(body.password);
  return database.transaction(async (transaction) => {
    const values = { id: newId(), email: body.email, password: hash, name: body.name ?? null, updatedAt: now() };
    const [user] = await transaction.run<UserRow>(insertInto("users", "user.create", values));
    if (!user) throw new Error("The new user was not returned.");
    const bonus = { type: "bonus", description: "Welcome bonus", referenceType: null, referenceId: null } as const;
    await book(transaction, user.id, WELCOME_BONUS, bonus);
    return user;
  });
}

/** Reads whole rows of `users`: one column missing, and nobody can log in. */
async function logIn(database: Database, body: Credentials): Promise<UserRow> {
  const text = `SELECT ${allColumns("users")} FROM "users" WHERE "users"."email" = $1`;
  const [user] = await database.query<UserRow>("user.findUnique", text, [body.email]);
  // A plain error and therefore 500, not 401: as in the original.
  if (!user || !(await verifyPassword(body.password, user.password))) throw new Error("Invalid email or password");
  return user;
}

async function rememberDevice(database: Database, userId: string, request: FastifyRequest): Promise<void> {
  const userAgent = request.headers["user-agent"] ?? "unknown";
  const device = { deviceId: userAgent.slice(0, 100), deviceName: userAgent.slice(0, 40), deviceType: "desktop" };
  const values = { id: newId(), userId, ...device, ipAddress: request.ip, userAgent, lastActive: now() };
  const insert = insertInto("devices", "device.upsert", values);
  const onConflict = `ON CONFLICT ("userId", "deviceId") DO UPDATE SET "lastActive" = excluded."lastActive" RETURNING`;
  await database.run({ ...insert, text: insert.text.replace("RETURNING", onConflict) });
}
