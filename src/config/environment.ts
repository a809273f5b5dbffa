/** Environment variables by name; an empty one counts as not set. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The environment of this process, as it is now. Everything else gets it passed in. */
export function environment(): Environment {
  return { ...process.env };
}
