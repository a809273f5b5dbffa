/** Ids come from the application, as Prisma's `@default(cuid())` does it: the database has no default for them. */
import { randomBytes } from "node:crypto";

let counter = Math.floor(Math.random() * 36 ** 4);

/** Returns 25 characters, `c` first, in the order of creation within one process. */
export function newId(): string {
  counter = (counter + 1) % 36 ** 4;
  const time = Date.now().toString(36).padStart(8, "0");
  const random = BigInt(`0x${randomBytes(8).toString("hex")}`)
    .toString(36)
    .padStart(12, "0")
    .slice(-12);
  return `c${time}${counter.toString(36).padStart(4, "0")}${random}`;
}
