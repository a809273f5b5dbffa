/** The bytes of a file -> SQL text, or what is to be done so that it becomes one. */

export type Decoded = { readonly text: string } | { readonly problem: string };

/** pg_dump's other formats, and what compresses files, by their first bytes. */
const MAGIC: readonly { readonly bytes: readonly number[]; readonly at?: number; readonly problem: string }[] = [
  {
    bytes: [...Buffer.from("PGDMP")],
    problem:
      "it is a dump in custom format (pg_dump -Fc): turn it into SQL with pg_restore --schema-only -f dump.sql FILE",
  },
  {
    bytes: [...Buffer.from("ustar")],
    at: 257,
    problem: "it is a tar archive (pg_dump -Ft): turn it into SQL with pg_restore --schema-only -f dump.sql FILE",
  },
  { bytes: [0x1f, 0x8b], problem: "it is compressed: gunzip -k FILE" },
  { bytes: [0x28, 0xb5, 0x2f, 0xfd], problem: "it is compressed: zstd -d FILE" },
  { bytes: [0x04, 0x22, 0x4d, 0x18], problem: "it is compressed: lz4 -d FILE" },
  { bytes: [0x50, 0x4b, 0x03, 0x04], problem: "it is a zip archive: unzip FILE" },
];

/** UTF-8, or UTF-16 with its mark, which is what `pg_dump > file` writes in PowerShell. */
export function decodeSql(bytes: Buffer): Decoded {
  const magic = MAGIC.find(({ bytes: wanted, at = 0 }) => wanted.every((byte, i) => bytes[at + i] === byte));
  if (magic !== undefined) return { problem: magic.problem };
  const encoding =
    bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : bytes[0] === 0xfe && bytes[1] === 0xff ? "utf-16be" : "utf-8";
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    return text.includes("\0") ? { problem: "it is not text: it holds NUL characters" } : { text };
  } catch {
    return { problem: "it is not UTF-8 text: dump it with pg_dump --encoding=UTF8 --schema-only" };
  }
}
