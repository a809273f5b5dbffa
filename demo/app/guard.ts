/** Who is asking: every authenticated route calls `authenticate` first. */
import type { FastifyRequest } from "fastify";
import type { Database } from "./database.js";
import { HttpError } from "./errors.js";
import { verifyToken } from "./token.js";

/** What every route needs. */
export interface Services {
  readonly database: Database;
  /** Signs the tokens. */
  readonly secret: string;
}

export interface SignedInUser {
  readonly id: string;
  readonly email: string;
  readonly name: string | null;
  readonly role: string;
}

/**
 * The user of `Authorization: Bearer <token>`; throws HttpError 401. It reads four columns of `users`, so people who
 * are signed in do not notice when others are missing. As in the original, every failure is a 401, also one of the
 * database: a 401 may be a broken `users` table.
 */
export async function authenticate(request: FastifyRequest, { database, secret }: Services): Promise<SignedInUser> {
  const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? "")?.[1];
  if (token === undefined) throw new HttpError(401, { error: "Unauthorized - No token provided" });
  const userId = verifyToken(token, secret);
  const [user] = userId === null ? [] : await findUser(database, userId).catch(() => []);
  if (!user) throw new HttpError(401, { error: "Unauthorized - Invalid token" });
  return user;
}

function findUser(database: Database, userId: string): Promise<SignedInUser[]> {
  return database.query<SignedInUser>(
    "user.findUnique",
    `SELECT "users"."id", "users"."email", "users"."name", "users"."role" FROM "users" WHERE "users"."id" = $1`,
    [userId],
  );
}
