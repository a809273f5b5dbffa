import { describe, expect, it } from "vitest";
import { findAccount } from "../../../src/scratch/account.js";

const PASSWD = `root:x:0:0:root:/root:/bin/bash
nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin
postgres:x:101:104:PostgreSQL administrator,,,:/var/lib/postgresql:/bin/bash
+::::::
`;

describe("findAccount", () => {
  it("prefers the first name of the list, whatever the order of the file", () => {
    expect(findAccount(PASSWD, ["postgres", "nobody"])).toEqual({ name: "postgres", uid: 101, gid: 104 });
    expect(findAccount(PASSWD, ["missing", "nobody"])).toEqual({ name: "nobody", uid: 65534, gid: 65534 });
  });

  it("finds nothing in an empty file, and never an account that is root by another name", () => {
    expect(findAccount("", ["nobody"])).toBeNull();
    expect(findAccount("nobody:x:0:0::/:/bin/sh\n", ["nobody"])).toBeNull();
    expect(findAccount("nobody:*:-2:-2::/:/bin/sh\n", ["nobody"])).toBeNull();
    expect(findAccount("nobody:x\n", ["nobody"])).toBeNull();
  });
});
