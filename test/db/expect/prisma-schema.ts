/** A Prisma schema with one of each thing that its language can say, for tests that go through the engine. */

export const RICH_PRISMA = `generator client {
  provider        = "prisma-client-js"
  previewFeatures = ["metrics", "postgresqlExtensions"]
  binaryTargets   = env("TARGETS")
}

datasource db {
  provider          = "postgres"
  url               = "postgresql://user:canary-password@host/db"
  directUrl         = env("DIRECT_URL")
  shadowDatabaseUrl = env("SHADOW_URL")
  extensions        = [citext, btree_gin]
}

enum Role {
  USER
  ADMIN @map("admin")
  @@map("role")
}

/// People { not a block }
model User {
  id        Int       @id @default(autoincrement())
  big       BigInt    @unique @default(autoincrement())
  email     String    @unique @db.Citext
  role      Role      @default(USER)
  roles     Role[]    @default([USER, ADMIN])
  tags      String[]  @default(["a", "b }"])
  ids       String[]  @db.Uuid
  price     Decimal   @default(0.00) @db.Decimal(10, 2)
  amount    Decimal?
  ratio     Float     @default(1.5)
  at        DateTime  @default(now()) @db.Timestamptz(6)
  created   DateTime  @default(now())
  day       DateTime? @db.Date
  updatedAt DateTime  @updatedAt
  settings  Json      @default("{\\"a\\": [1, {}]}")
  bytes     Bytes     @default("aGVsbG8=")
  uuid      String    @default(dbgenerated("gen_random_uuid()")) @db.Uuid
  soon      DateTime  @default(dbgenerated("(now() + '1 day'::interval)"))
  short     String    @default("it's") @db.VarChar(20)
  cuid      String    @default(cuid())
  ulid      String    @default(ulid())
  flag      Boolean   @default(true)
  words     Unsupported("tsvector")?
  during    Unsupported("tstzrange")?
  ip        String?   @db.Inet
  bits      String?   @db.VarBit(8)
  small     Int       @default(-1) @db.SmallInt
  hidden    String?   @ignore
  posts     Post[]
  labels    Tag[]
  boss      User?     @relation("boss", fields: [bossId], references: [id], onDelete: SetNull)
  bossId    Int?      @map("boss_id")
  staff     User[]    @relation("boss")

  @@unique([short, flag], map: "short_flag")
  @@index([at(sort: Desc), day])
  @@index([settings(ops: JsonbPathOps)], type: Gin)
  @@index([ip], type: Hash)
  @@index([short(ops: raw("text_pattern_ops"))])
  @@map("users")
}

model Post {
  a      Int
  b      String
  author User   @relation(fields: [a], references: [id], onDelete: Cascade, onUpdate: NoAction)
  cover  Cover?

  @@id([a, b])
}

model Tag {
  name  String @id
  users User[]
}

model Cover {
  id   Int    @id @default(autoincrement()) @db.SmallInt
  a    Int
  b    String
  post Post   @relation(fields: [a, b], references: [a, b])

  @@unique([a, b], name: "both")
  @@unique([b], where: { a: 1 })
}

model Old {
  id Int

  @@ignore
}
`;

/** What hands add to the migrations of such a schema, because its language has no words for it. */
export const BY_HAND = `
alter table users add constraint price_positive check (price >= 0);
alter table users alter tags set not null, alter ids set not null;
alter table users add constraint once exclude using gist (during with &&);
create unique index users_lower on users (lower(short)) where flag;
create index users_recent on users (created) where flag;
drop index "users_at_day_idx";
create index "users_at_day_idx" on users (at desc, day) include (flag) where day is not null;
alter table users drop column words;
alter table users add column words tsvector generated always as (to_tsvector('simple', short)) stored;
alter table "Cover" drop constraint "Cover_a_b_fkey";
alter table "Cover" add constraint "Cover_a_b_fkey" foreign key (a, b) references "Post" (a, b) on delete restrict on update cascade deferrable not valid;
alter table "Cover" alter b type text collate "C";
drop index "Cover_a_b_key";
alter table "Cover" add constraint "Cover_a_b_key" unique (a, b) deferrable;
alter table "Cover" alter id drop default;
drop sequence "Cover_id_seq";
alter table "Cover" alter id add generated always as identity;
alter table "_TagToUser" drop constraint "_TagToUser_AB_pkey";
create unique index "_TagToUser_AB_unique" on "_TagToUser" ("A", "B");
create function touch() returns trigger language plpgsql as 'begin return new; end';
create trigger touch before update on users for each row execute function touch();
`;
