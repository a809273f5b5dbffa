/**
 * What a platform's databases have before the first migration. Supabase's projects refer to its users, ask who is signed
 * in, and put rules on its storage; without stand-ins for these none of them replays outside of its image. The stand-ins
 * have the names and types that migrations use, and stay out of the model: they are the platform's, not the application's.
 * https://supabase.com/docs/guides/database/overview
 */
import { isServerError } from "../../db/index.js";
import type { MigrationTool } from "../../model/migrations.js";
import type { ScratchConnection } from "../../scratch/index.js";

export interface Platform {
  /** Not the application's: left out of what the migrations make. */
  readonly schemas: readonly string[];
  /** Searched after the application's schema. */
  readonly searched: readonly string[];
  /** Roles of the server that the migrations name; nobody can log in as one of them. */
  readonly roles: readonly string[];
  /** For people. */
  readonly notes: readonly string[];
}

const NONE: Platform = { schemas: [], searched: [], roles: [], notes: [] };

const SCHEMAS = ["auth", "extensions", "graphql_public", "realtime", "storage", "vault"];
const ROLES = ["anon", "authenticated", "authenticator", "dashboard_user", "service_role", "supabase_admin"];
const EXTENSIONS = ["pgcrypto", "uuid-ossp"];

const TIMES = "created_at timestamptz, updated_at timestamptz";

const AUTH = `
create table auth.users (
  instance_id uuid, id uuid primary key, aud varchar(255), role varchar(255), email varchar(255),
  encrypted_password varchar(255), email_confirmed_at timestamptz, invited_at timestamptz,
  confirmation_token varchar(255), confirmation_sent_at timestamptz, recovery_token varchar(255),
  recovery_sent_at timestamptz, email_change_token_new varchar(255), email_change varchar(255),
  email_change_sent_at timestamptz, last_sign_in_at timestamptz, raw_app_meta_data jsonb, raw_user_meta_data jsonb,
  is_super_admin boolean, ${TIMES}, phone text unique, phone_confirmed_at timestamptz, confirmed_at timestamptz,
  banned_until timestamptz, is_sso_user boolean not null default false, deleted_at timestamptz,
  is_anonymous boolean not null default false
);
create table auth.identities (
  id uuid primary key, provider_id text not null, user_id uuid not null references auth.users, identity_data jsonb not null,
  provider text not null, last_sign_in_at timestamptz, ${TIMES}, email text
);
create table auth.sessions (id uuid primary key, user_id uuid not null references auth.users, ${TIMES}, factor_id uuid, aal text);
create table auth.mfa_factors (
  id uuid primary key, user_id uuid not null references auth.users, friendly_name text, factor_type text, status text, ${TIMES}
);
create function auth.jwt() returns jsonb language sql stable
  as $$ select nullif(current_setting('request.jwt.claims', true), '')::jsonb $$;
create function auth.uid() returns uuid language sql stable as $$ select (auth.jwt() ->> 'sub')::uuid $$;
create function auth.role() returns text language sql stable as $$ select auth.jwt() ->> 'role' $$;
create function auth.email() returns text language sql stable as $$ select auth.jwt() ->> 'email' $$;`;

const STORAGE = `
create table storage.buckets (
  id text primary key, name text not null unique, owner uuid, ${TIMES}, public boolean default false,
  avif_autodetection boolean default false, file_size_limit bigint, allowed_mime_types text[], owner_id text
);
create table storage.objects (
  id uuid primary key default gen_random_uuid(), bucket_id text references storage.buckets, name text, owner uuid, ${TIMES},
  last_accessed_at timestamptz, metadata jsonb, path_tokens text[], version text, owner_id text, user_metadata jsonb
);
alter table storage.objects enable row level security;
create function storage.foldername(name text) returns text[] language sql immutable
  as $$ select (string_to_array(name, '/'))[1 : cardinality(string_to_array(name, '/')) - 1] $$;
create function storage.filename(name text) returns text language sql immutable
  as $$ select (string_to_array(name, '/'))[cardinality(string_to_array(name, '/'))] $$;
create function storage.extension(name text) returns text language sql immutable
  as $$ select substring(storage.filename(name) from '[^.]*$') $$;`;

const OTHERS = `
create table vault.secrets (id uuid primary key, name text, description text not null default '', secret text not null, ${TIMES});
create view vault.decrypted_secrets as select *, secret as decrypted_secret from vault.secrets;
create publication supabase_realtime;`;

const NOTE =
  "Supabase: the replay created stand-ins for what its databases bring along (schemas auth, storage, extensions, vault, realtime and graphql_public); they are not part of what the migrations make, nor are triggers and policies on them";

/**
 * Prepares an empty database for the migrations of a platform; one that has what the platform brings along stays as it is.
 * @throws what is not an answer of PostgreSQL
 */
export async function preparePlatform(connection: ScratchConnection, tool: MigrationTool): Promise<Platform> {
  if (tool !== "supabase") return NONE;
  const platform = { schemas: SCHEMAS, searched: ["extensions"], roles: ROLES, notes: [NOTE] };
  const [found] = await connection.query("select 1 as found from pg_catalog.pg_namespace where nspname = 'auth'");
  if (found !== undefined) return { ...platform, notes: [] };
  const schemas = SCHEMAS.map((name) => `create schema if not exists ${name};`).join("\n");
  await connection.execute(`${schemas}\n${AUTH}\n${STORAGE}\n${OTHERS}`);
  const notes = await createExtensions(connection);
  return { ...platform, notes: [NOTE, ...notes] };
}

async function createExtensions(connection: ScratchConnection): Promise<string[]> {
  const notes: string[] = [];
  for (const name of EXTENSIONS) {
    try {
      await connection.execute(`create extension if not exists "${name}" with schema extensions`);
    } catch (error) {
      if (!isServerError(error)) throw error;
      notes.push(`Supabase has extension "${name}", which the throwaway server does not: ${error.message}`);
    }
  }
  return notes;
}
