/** Dumps as pg_dump of several majors writes them, around the same statements. */

/** What stands at the top of a plain dump. Since the releases of August 2025 a dump is fenced with \\restrict. */
export function header(major: number, restricted: boolean): string {
  return [
    "--\n-- PostgreSQL database dump\n--\n",
    ...(restricted ? ["\\restrict 3MSB0kEbYvSgPqBeZkTzVPqKc4u2zjTgHqXfQhR1gWJv0c1nYbqyZ2dE5uL7aKx\n"] : []),
    `-- Dumped from database version ${major}.1\n-- Dumped by pg_dump version ${major}.1\n`,
    "SET statement_timeout = 0;",
    "SET lock_timeout = 0;",
    "SET idle_in_transaction_session_timeout = 0;",
    ...(major >= 17 ? ["SET transaction_timeout = 0;"] : []),
    "SET client_encoding = 'UTF8';",
    "SET standard_conforming_strings = on;",
    "SELECT pg_catalog.set_config('search_path', '', false);",
    "SET check_function_bodies = false;",
    "SET xmloption = content;",
    "SET client_min_messages = warning;",
    "SET row_security = off;\n",
    "SET default_tablespace = '';\n",
    ...(major >= 12 ? ["SET default_table_access_method = heap;\n"] : ["SET default_with_oids = false;\n"]),
  ].join("\n");
}

/** A dump of another major: the same statements under another header. */
export function asMajor(dump: string, major: number, restricted: boolean): string {
  const body = dump.slice(dump.indexOf("SET default_table_access_method"));
  const statements = body.slice(body.indexOf("\n")).replace(/^\\.*$/gm, "");
  return `${header(major, restricted)}${statements}`;
}

/** What psql sends: the lines that are not commands of its own. */
export function withoutCommands(dump: string): string {
  return dump.replace(/^\\.*$/gm, "");
}

/** Everything that stands in dumps beside the schema: none of it can be run on an empty server of another team. */
export const FULL_DUMP = `--
-- PostgreSQL database cluster dump
--

\\restrict abc

SET default_transaction_read_only = off;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;

CREATE ROLE dumped_owner;
ALTER ROLE dumped_owner WITH NOSUPERUSER INHERIT NOLOGIN PASSWORD 'SCRAM-SHA-256$4096:c2FsdA==$x:y';
CREATE TABLESPACE fast OWNER dumped_owner LOCATION '/no/such/place';

\\unrestrict abc
\\connect template1

DROP DATABASE IF EXISTS shop;
CREATE DATABASE shop WITH TEMPLATE = template0 ENCODING = 'UTF8' LOCALE = 'en_US.UTF-8' TABLESPACE = fast;
ALTER DATABASE shop OWNER TO dumped_owner;

\\connect shop
\\restrict def
${header(17, false)}
ALTER TABLE IF EXISTS ONLY public.items DROP CONSTRAINT IF EXISTS items_pkey;
DROP TABLE public.items;
DROP SCHEMA IF EXISTS public;

--
-- Name: public; Type: SCHEMA; Schema: -; Owner: dumped_owner
--

CREATE SCHEMA public;
ALTER SCHEMA public OWNER TO dumped_owner;
COMMENT ON SCHEMA public IS 'standard; public schema';
CREATE SCHEMA app;

CREATE EXTENSION IF NOT EXISTS no_such_extension WITH SCHEMA public;
COMMENT ON EXTENSION no_such_extension IS 'it''s; not here';
CREATE EXTENSION IF NOT EXISTS plpgsql WITH SCHEMA pg_catalog;

CREATE TYPE app.state AS ENUM (
    'open;',
    'closed'
);
ALTER TYPE app.state OWNER TO dumped_owner;

CREATE FUNCTION app.watch() RETURNS event_trigger
    LANGUAGE plpgsql
    AS $_$ begin raise notice 'GRANT; %', $$x$$; end $_$;

SET default_tablespace = fast;

CREATE TABLE public.items (
    id bigint NOT NULL,
    name text DEFAULT 'a;b'::text NOT NULL,
    state app.state DEFAULT 'open;'::app.state,
    owner text
);
ALTER TABLE public.items OWNER TO dumped_owner;
CREATE SEQUENCE public.items_id_seq START WITH 1 INCREMENT BY 1 NO MINVALUE NO MAXVALUE CACHE 1;
ALTER SEQUENCE public.items_id_seq OWNER TO dumped_owner;
ALTER SEQUENCE public.items_id_seq OWNED BY public.items.id;
ALTER TABLE ONLY public.items ALTER COLUMN id SET DEFAULT nextval('public.items_id_seq'::regclass);

COPY public.items (id, name, state, owner) FROM stdin;
1	a;b	open;	\\N
2	\\\\.	closed	CREATE TABLE x
\\.

INSERT INTO public.items VALUES (3, 'it''s', 'open;', '\\restrict');
SELECT pg_catalog.setval('public.items_id_seq', 3, true);
SELECT pg_catalog.lo_create('16400');
ALTER LARGE OBJECT 16400 OWNER TO dumped_owner;

ALTER TABLE ONLY public.items ADD CONSTRAINT items_pkey PRIMARY KEY (id);
CREATE INDEX items_name ON public.items USING btree (lower(name)) WHERE (state <> 'closed'::app.state);
CREATE POLICY own ON public.items TO dumped_reader USING ((owner = CURRENT_USER));
ALTER TABLE public.items ENABLE ROW LEVEL SECURITY;
CREATE PUBLICATION everything FOR ALL TABLES WITH (publish = 'insert');
CREATE SUBSCRIPTION other CONNECTION 'host=elsewhere password=canary-password' PUBLICATION everything WITH (connect = false, slot_name = 'other');
CREATE EVENT TRIGGER watching ON ddl_command_end EXECUTE FUNCTION app.watch();
REVOKE USAGE ON SCHEMA public FROM PUBLIC;
GRANT SELECT,INSERT ON TABLE public.items TO dumped_reader;
ALTER DEFAULT PRIVILEGES FOR ROLE dumped_owner IN SCHEMA app GRANT SELECT ON TABLES TO dumped_reader;

\\unrestrict def
`;
