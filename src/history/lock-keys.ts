/** The advisory locks that migration tools hold while they work, as one bigint each. */
import { crc32 } from "node:zlib";
import type { RecordTool } from "../model/migrations.js";
import type { QualifiedName } from "../model/names.js";

/** https://github.com/prisma/prisma-engines: `SELECT pg_advisory_lock(72707369)` */
const PRISMA = 72_707_369n;
const NODE_PG_MIGRATE = 7_241_865_325_823_964n;
/** Its default; a project may choose another. */
const GOOSE = 4_097_083_626n;
const RAILS = 2_053_462_845n;
const SQLX = 0x3d32ad9en;
const GOLANG_MIGRATE = 1_486_364_155n;
/** "Flyway" in ASCII; a hash of the table's name, a signed 32-bit number, is added. */
const FLYWAY = 77_431_708_279_161n;
const ATLAS_LOCK = "atlas_migrate_execute";

/** Whether an advisory lock is the one that the tool takes in this database, for this record table. */
export function advisoryKeys(
  tool: RecordTool,
  database: string,
  table: QualifiedName | null,
): (key: bigint) => boolean {
  if (tool === "flyway") return (key) => key >= FLYWAY - 2n ** 31n && key < FLYWAY + 2n ** 31n;
  const keys = keysOf(tool, database, table);
  return (key) => keys.includes(key);
}

function keysOf(tool: RecordTool, database: string, table: QualifiedName | null): bigint[] {
  const crc = BigInt(crc32(database));
  switch (tool) {
    case "prisma":
      return [PRISMA];
    case "node-pg-migrate":
      return [NODE_PG_MIGRATE];
    case "goose":
      return [GOOSE];
    case "rails":
      return [RAILS * crc];
    case "sqlx":
      return [BigInt.asIntN(64, SQLX * crc)];
    case "atlas":
      return [fnv32(ATLAS_LOCK)];
    case "golang-migrate":
      return golangMigrateKeys(database, table);
    default:
      return [];
  }
}

/** https://github.com/golang-migrate/migrate/blob/master/database/util.go; older versions leave out the table's name. */
function golangMigrateKeys(database: string, table: QualifiedName | null): bigint[] {
  const names = table === null ? [] : [[table.schema, table.name], [table.schema]];
  return [[], ...names].map((rest) => {
    const sum = BigInt(crc32([database, ...rest].join("\0")));
    return (sum * GOLANG_MIGRATE) % 2n ** 32n;
  });
}

/** FNV-1, 32 bits, as Go's fnv.New32. */
function fnv32(text: string): bigint {
  let hash = 0x811c9dc5n;
  for (const byte of Buffer.from(text)) hash = ((hash * 0x01000193n) % 2n ** 32n) ^ BigInt(byte);
  return hash;
}
