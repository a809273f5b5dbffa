import { describe, expect, it } from "vitest";
import { isCreation, isDrop, isLeftOut } from "../../../../src/expect/dump/left-out.js";
import { loadGrammar } from "../../../../src/sql/index.js";

const { parseScript } = await loadGrammar();

function one(sql: string) {
  const [statement, ...others] = parseScript(sql).statements;
  if (statement === undefined || others.length > 0) throw new Error(`not one statement: ${sql}`);
  return statement.node;
}

describe("of a dump", () => {
  it.each([
    "SET statement_timeout = 0",
    "SET transaction_timeout = 0",
    "SET SESSION lock_timeout TO 0",
    "SET client_encoding = 'LATIN1'",
    "SET default_tablespace = fast",
    "SET default_table_access_method = heap",
    "SET SESSION AUTHORIZATION 'somebody'",
    "RESET SESSION AUTHORIZATION",
    "SET ROLE app",
    "SELECT pg_catalog.setval('public.users_id_seq', 12, true)",
    "select setval('users_id_seq', 12)",
    "SELECT pg_catalog.lo_create('16400')",
    "CREATE DATABASE app WITH TEMPLATE = template0 ENCODING = 'UTF8'",
    "DROP DATABASE IF EXISTS app",
    "ALTER DATABASE app SET search_path TO 'a'",
    "CREATE ROLE app",
    "ALTER ROLE app WITH NOSUPERUSER PASSWORD 'SCRAM-SHA-256$4096:x'",
    "create user mapping for app server far options (password 'x')",
    "CREATE TABLESPACE fast LOCATION '/fast'",
    "ALTER SYSTEM SET fsync = off",
    "ALTER TABLE public.users OWNER TO app",
    'ALTER FUNCTION public.f(integer, text) OWNER TO "App"',
    "ALTER DEFAULT PRIVILEGES FOR ROLE app IN SCHEMA public GRANT SELECT ON TABLES TO reader",
    "GRANT SELECT ON TABLE public.users TO reader",
    "REVOKE USAGE ON SCHEMA public FROM PUBLIC",
    "COMMENT ON COLUMN public.users.name IS 'a; b'",
    "SECURITY LABEL FOR anon ON COLUMN public.users.name IS 'MASKED'",
    "CREATE PUBLICATION pub FOR ALL TABLES",
    "CREATE SUBSCRIPTION sub CONNECTION 'password=x' PUBLICATION pub WITH (connect = false)",
    "CREATE EVENT TRIGGER e ON ddl_command_end EXECUTE FUNCTION public.f()",
    "CREATE POLICY p ON public.users TO reader USING (true)",
    "INSERT INTO public.users VALUES (1)",
    "COPY public.users FROM PROGRAM 'rm -rf /'",
    "REFRESH MATERIALIZED VIEW public.counts",
    "CREATE SCHEMA public",
    'CREATE SCHEMA IF NOT EXISTS "public"',
    "DROP SCHEMA IF EXISTS public CASCADE",
    "DROP POLICY own ON public.users",
    "ANALYZE",
  ])("%s is left out", (sql) => {
    expect(isLeftOut(one(sql))).toBe(true);
  });

  it.each([
    "SELECT pg_catalog.set_config('search_path', '', false)",
    "SET check_function_bodies = false",
    "SET search_path = app",
    "SET app.tenant = 'x'",
    "CREATE SCHEMA app",
    "CREATE SCHEMA app AUTHORIZATION public_owner",
    "CREATE TABLE public.users (id integer)",
    'CREATE TABLE public.comment ("grant" integer)',
    "CREATE VIEW public.revoke AS SELECT 1 AS owner",
    "ALTER TABLE public.users ALTER COLUMN id SET DEFAULT 1",
    "ALTER SEQUENCE public.users_id_seq OWNED BY public.users.id",
    "ALTER TABLE public.owner RENAME TO people",
    "ALTER TYPE public.mood ADD VALUE 'x'",
    "CREATE EXTENSION IF NOT EXISTS citext WITH SCHEMA public",
    "ALTER TABLE ONLY public.users ENABLE ROW LEVEL SECURITY",
    "CREATE TRIGGER grant_it BEFORE UPDATE ON public.users FOR EACH ROW EXECUTE FUNCTION public.f()",
    "DROP TABLE public.users",
    "DROP SCHEMA public, app",
    "CREATE OR REPLACE PROCEDURAL LANGUAGE plpgsql",
    "select setval('a', 1), create_tables()",
    "ALTER TABLE public.users OWNER TO app, ADD COLUMN a integer",
    "DO $$ begin grant select on users to reader; end $$",
    "select setup_tables()",
    '"insert"',
  ])("%s is run", (sql) => {
    expect(isLeftOut(one(sql))).toBe(false);
  });

  it("tells what makes something from what prepares for it", () => {
    const creations = ["CREATE TABLE a ()", "create unlogged table a ()", "CREATE TYPE a AS ENUM ()"];
    expect(creations.map((sql) => isCreation(one(sql)))).toEqual([true, true, true]);
    const others = [
      "CREATE SCHEMA a",
      "CREATE EXTENSION a",
      "CREATE DATABASE a",
      "CREATE ROLE a",
      "ALTER TABLE a ADD b int",
    ];
    expect(others.map((sql) => isCreation(one(sql)))).toEqual([false, false, false, false, false]);
    const drops = ["DROP TABLE a", "ALTER TABLE IF EXISTS ONLY a DROP CONSTRAINT IF EXISTS b"];
    expect(drops.map((sql) => isDrop(one(sql)))).toEqual([true, true]);
    expect(isDrop(one("ALTER TABLE a ADD b int"))).toBe(false);
  });
});
