/** Comma-separated values (https://www.rfc-editor.org/rfc/rfc4180): quotes may hold commas, line ends and doubled quotes. */

/** Records of fields; blank lines are none. Null when a quote is not closed, or stands inside a field without quotes. */
export function parseCsv(text: string): string[][] | null {
  const records: string[][] = [];
  let record: string[] = [];
  // One field with what ends it: a comma, a line end, or the end of the text.
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|\r|\n|$)/y;
  const source = text.replace(/^\ufeff/, "");
  while (field.lastIndex < source.length || record.length > 0) {
    const match = field.exec(source);
    if (match === null) return null;
    const [, quoted, plain = "", end] = match;
    record.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === ",") continue;
    if (record.length > 1 || record[0] !== "" || quoted !== undefined) records.push(record);
    record = [];
    if (end === "") break;
  }
  return records;
}
