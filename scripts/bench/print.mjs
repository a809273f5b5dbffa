/** Prints rows as a Markdown table; columns are all keys that occur. Nothing without rows. */
export function printTable(title, rows) {
  if (rows.length === 0) return;
  console.log(`\n${title}`);
  const columns = [...new Set(rows.flatMap(Object.keys))];
  console.log(`\n| ${columns.join(" | ")} |\n| ${columns.map(() => "---").join(" | ")} |`);
  for (const row of rows) console.log(`| ${columns.map((column) => row[column] ?? "").join(" | ")} |`);
}
