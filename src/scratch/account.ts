/**
 * PostgreSQL refuses to run as root ("initdb: cannot be run as root"), and containers mostly run as root. Then its
 * programs run as an account that exists already and owns nothing of value; accounts are never created.
 */
import { readFileSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname } from "node:path";
import { noEmbedded } from "./unavailable.js";

export interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

const CANDIDATES = ["postgres", "_postgres", "nobody"];

/**
 * The account to run PostgreSQL as; null: as ourselves, because we are not root.
 * @throws SchemareadyError SCRATCH_UNAVAILABLE when we are root and no such account exists.
 */
export function unprivilegedAccount(): Account | null {
  if (process.getuid?.() !== 0) return null;
  const account = findAccount(readFileSync("/etc/passwd", "utf8"), CANDIDATES);
  if (account !== null) return account;
  throw noEmbedded(
    "PostgreSQL refuses to run as root, and this system has no account postgres or nobody to run it as.",
    {
      fix: "Run as an ordinary user, or give a server to build in: --scratch-url postgresql://USER:PASSWORD@HOST/DATABASE.",
    },
  );
}

/** The first of `names` in the text of /etc/passwd (`name:password:uid:gid:...`); accounts with root's id do not count. */
export function findAccount(passwd: string, names: readonly string[]): Account | null {
  const accounts = passwd.split("\n").map((line) => {
    const [name = "", , uid, gid] = line.split(":");
    return { name, uid: Number(uid), gid: Number(gid) };
  });
  const usable = accounts.filter(({ uid, gid }) => uid > 0 && gid >= 0);
  for (const name of names) {
    const account = usable.find((each) => each.name === name);
    if (account !== undefined) return account;
  }
  return null;
}

/** The folder for temporary files; root's own may be closed to other accounts (TMPDIR=/root/tmp, pam_tmpdir). */
export function temporaryFolder(account: Account | null): string {
  const preferred = tmpdir();
  if (account === null || mayEnter(preferred, account)) return preferred;
  return ["/tmp", "/var/tmp"].find((folder) => mayEnter(folder, account)) ?? preferred;
}

function mayEnter(folder: string, account: Account): boolean {
  try {
    const { mode, uid, gid } = statSync(folder);
    const bit = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001;
    return (mode & bit) !== 0 && (folder === dirname(folder) || mayEnter(dirname(folder), account));
  } catch {
    return false;
  }
}
