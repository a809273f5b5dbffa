/** Which extension brings a type, function or operator class that migrations commonly use. */
const BRINGS: Readonly<Record<string, readonly string[]>> = {
  citext: ["citext"],
  hstore: ["hstore"],
  ltree: ["ltree", "lquery", "ltxtquery", "gist_ltree_ops"],
  cube: ["cube"],
  vector: [
    "vector",
    "halfvec",
    "sparsevec",
    "vector_cosine_ops",
    "vector_l2_ops",
    "vector_ip_ops",
    "halfvec_cosine_ops",
  ],
  postgis: ["geometry", "geography", "st_setsrid", "st_makepoint", "st_geomfromtext", "st_distance", "st_dwithin"],
  "uuid-ossp": ["uuid_generate_v1", "uuid_generate_v1mc", "uuid_generate_v3", "uuid_generate_v4", "uuid_generate_v5"],
  pgcrypto: ["crypt", "gen_salt", "gen_random_bytes", "digest", "hmac", "pgp_sym_encrypt", "pgp_sym_decrypt"],
  pg_trgm: ["gin_trgm_ops", "gist_trgm_ops", "similarity", "word_similarity", "show_trgm"],
  unaccent: ["unaccent"],
  timescaledb: ["create_hypertable", "add_retention_policy", "time_bucket"],
  pg_cron: ["cron.schedule"],
};

/** Null: none that we know of. */
export function extensionOf(schema: string | null, name: string): string | null {
  const names = [name, `${schema ?? ""}.${name}`];
  for (const [extension, brings] of Object.entries(BRINGS)) {
    if (names.some((each) => brings.includes(each))) return extension;
  }
  return null;
}
