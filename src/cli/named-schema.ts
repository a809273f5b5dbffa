/** `--schema` beside something that already says which schema is meant. */
import type { NamedSchema } from "../config/index.js";
import { SchemareadyError } from "../errors/index.js";
import type { Application, Contract } from "../model/contract.js";
import { truncateIdentifier } from "../model/names.js";

/**
 * A check file's `schema`, a source's and a contract's win over what was named: they belong to the definitions. Who names
 * another one must not get a verdict about a schema that was not asked for without knowing.
 * @param contractFile null: the contract was compiled from check files and sources
 * @param note told once for each application that does not use it
 * @throws SchemareadyError SETTINGS when an option names a schema that no application uses
 */
export function checkNamedSchema(
  { applications }: Contract,
  named: NamedSchema | null,
  contractFile: string | null,
  note: (message: string) => void,
): void {
  if (named === null) return;
  const wanted = truncateIdentifier(named.text);
  const others = applications.filter(({ schema }) => schema !== wanted);
  const isUsed = others.length < applications.length;
  const problems = others.map((each) => ({ place: named.place, message: messageFor(each, named, contractFile) }));
  if (!isUsed && others.length > 0 && named.place.startsWith("--")) {
    throw new SchemareadyError("SETTINGS", "The schema that was named is not the one that would be looked at.", {
      problems,
      fix: contractFile === null ? `Leave out ${named.place}, or \`schema\` in the check file.` : OF_CONTRACT,
    });
  }
  for (const { place, message } of problems) note(`note: ${place} ${message}`);
}

const OF_CONTRACT = "Leave it out, or compile a contract for that schema: `schemaready compile --schema NAME ...`.";

function messageFor({ name, schema }: Application, { text }: NamedSchema, contractFile: string | null): string {
  const who =
    contractFile === null ? "its check file or its source says so" : `${contractFile} was compiled for that schema`;
  return `is ${JSON.stringify(text)}, but ${name} has its objects in schema ${JSON.stringify(schema)}: ${who}`;
}
