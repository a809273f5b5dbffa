/** Migrations of a Supabase project refer to what its databases bring along. */
import { expect, it } from "vitest";
import { failuresOf, useReplay } from "./support.js";

const replayed = useReplay();

const PROJECT = {
  a: `CREATE EXTENSION IF NOT EXISTS "uuid-ossp" WITH SCHEMA extensions;
CREATE TABLE profiles (
  id uuid PRIMARY KEY REFERENCES auth.users (id) ON DELETE CASCADE,
  token text DEFAULT encode(gen_random_bytes(8), 'hex'), other uuid DEFAULT uuid_generate_v4()
);
ALTER TABLE profiles ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON profiles TO authenticated USING (auth.uid() = id AND auth.role() <> 'anon');`,
  b: `CREATE FUNCTION public.sign_up() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN INSERT INTO public.profiles (id) VALUES (new.id); RETURN new; END; $$;
CREATE TRIGGER on_sign_up AFTER INSERT ON auth.users FOR EACH ROW EXECUTE FUNCTION public.sign_up();
ALTER ROLE authenticator SET statement_timeout = '8s';
GRANT ALL ON TABLE profiles TO anon, authenticated, service_role;`,
  c: `INSERT INTO storage.buckets (id, name, public) VALUES ('avatars', 'avatars', true);
CREATE POLICY files ON storage.objects USING (bucket_id = 'avatars' AND (storage.foldername(name))[1] = auth.uid()::text);
ALTER PUBLICATION supabase_realtime ADD TABLE profiles;
CREATE VIEW emails AS SELECT p.id, u.email FROM profiles p JOIN auth.users u USING (id);`,
};

it("replays with stand-ins for the platform, which are not in the model", async () => {
  const { failures, model, provenance, notes } = await replayed(PROJECT, { tool: "supabase" });
  expect(failures).toEqual([]);
  expect(model.schemas.map(({ name }) => name)).toEqual(["public"]);
  expect(model.relations.map(({ name }) => name)).toEqual(["emails", "profiles"]);
  const [, profiles] = model.relations;
  expect(profiles?.constraints.find(({ kind }) => kind === "foreign-key")).toMatchObject({
    references: { schema: "auth", name: "users" },
  });
  expect(profiles?.columns.map((column) => column.default?.text ?? null)).toEqual([
    null,
    "encode(extensions.gen_random_bytes(8), 'hex'::text)",
    "extensions.uuid_generate_v4()",
  ]);
  expect(provenance.filter(({ subject }) => subject.schema !== "public" && subject.schema !== null)).toEqual([]);
  expect(notes.some((note) => note.startsWith("Supabase: the replay created stand-ins"))).toBe(true);
});

it("keeps a schema that the project makes itself", async () => {
  const { failures, model } = await replayed(
    { a: "CREATE SCHEMA app; CREATE TABLE app.t (id int);" },
    { tool: "supabase" },
  );
  expect(failures).toEqual([]);
  expect(model.schemas.map(({ name }) => name)).toEqual(["app", "public"]);
});

it("says of what it has no stand-in for that nothing creates it, not that the schema is missing", async () => {
  const result = await replayed({ a: "SELECT * FROM auth.strange;" }, { tool: "supabase" });
  expect(failuresOf(result)).toEqual(["NO_MIGRATION_CREATES_IT a/migration.sql:1 42P01"]);
});
