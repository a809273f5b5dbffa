/** One reader for each record table but Prisma's, which has its own (../prisma). */
import type { RecordTool } from "../../model/migrations.js";
import { alembic } from "./alembic.js";
import { atlas } from "./atlas.js";
import { dbmate } from "./dbmate.js";
import { diesel } from "./diesel.js";
import { django } from "./django.js";
import { drizzle } from "./drizzle.js";
import { ecto } from "./ecto.js";
import { flyway } from "./flyway.js";
import { golangMigrate } from "./golang-migrate.js";
import { goose } from "./goose.js";
import { knex } from "./knex.js";
import { liquibase } from "./liquibase.js";
import { mikroOrm } from "./mikro-orm.js";
import { nodePgMigrate } from "./node-pg-migrate.js";
import { pgroll } from "./pgroll.js";
import { prismaNext } from "./prisma-next.js";
import { rails } from "./rails.js";
import type { RecordTableReader } from "./record-table.js";
import { sequelize } from "./sequelize.js";
import { sqlx } from "./sqlx.js";
import { supabase } from "./supabase.js";
import { typeorm } from "./typeorm.js";

export { MARKER } from "./prisma-next.js";
export type { RawRow, RecordTableReader } from "./record-table.js";

export const READERS: Readonly<Record<Exclude<RecordTool, "prisma">, RecordTableReader>> = {
  "prisma-next": prismaNext,
  drizzle,
  knex,
  typeorm,
  sequelize,
  "mikro-orm": mikroOrm,
  "node-pg-migrate": nodePgMigrate,
  flyway,
  liquibase,
  rails,
  django,
  alembic,
  "golang-migrate": golangMigrate,
  goose,
  dbmate,
  atlas,
  sqlx,
  diesel,
  ecto,
  supabase,
  pgroll,
};
