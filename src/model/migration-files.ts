/** What a contract remembers of the migrations that it was compiled from: enough to tell later whether a file was edited. */
export interface MigrationFile {
  /** As the tool records it. */
  readonly name: string;
  /** Relative to the directory of the migrations, with `/`. */
  readonly file: string;
  /** By the tool's own rule and in the form in which it is recorded; null: the tool records none. */
  readonly checksum: string | null;
  /** `sha256:` and the digest of the up part with every line end as a line feed: CRLF and LF make no difference. */
  readonly content: string;
}
