/** JSON Web Tokens, HS256 only: signed by the application, read by nobody else. */
import { createHmac, timingSafeEqual } from "node:crypto";

const HEADER = encode({ alg: "HS256", typ: "JWT" });
const LIFETIME_SECONDS = 7 * 24 * 3600;

/** Returns a token that names the user and expires seven days after `nowMs` (milliseconds since 1970). */
export function signToken(userId: string, secret: string, nowMs: number = Date.now()): string {
  const issuedAt = Math.floor(nowMs / 1000);
  const payload = encode({ userId, iat: issuedAt, exp: issuedAt + LIFETIME_SECONDS });
  return `${HEADER}.${payload}.${sign(`${HEADER}.${payload}`, secret)}`;
}

/** Returns the user's id, or null if the token is not ours, was changed, or has expired. */
export function verifyToken(token: string, secret: string, nowMs: number = Date.now()): string | null {
  const [header, payload, signature, ...rest] = token.split(".");
  if (header !== HEADER || payload === undefined || signature === undefined || rest.length > 0) return null;
  const expected = Buffer.from(sign(`${header}.${payload}`, secret));
  const actual = Buffer.from(signature);
  if (expected.length !== actual.length || !timingSafeEqual(expected, actual)) return null;
  // Only we can have signed it, so it parses and has these two fields.
  const claims = JSON.parse(Buffer.from(payload, "base64url").toString()) as { userId: string; exp: number };
  return claims.exp * 1000 > nowMs ? claims.userId : null;
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

function sign(text: string, secret: string): string {
  return createHmac("sha256", secret).update(text).digest("base64url");
}
