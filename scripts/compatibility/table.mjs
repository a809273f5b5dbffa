// The results as a table in Markdown.

const HEAD = [
  "project",
  "version",
  "tool",
  "migrations",
  "relations",
  "result",
  "seconds",
  "peak MB",
  "what is in it, or why",
];

/** @param results `{ project, outcome }` in the order of the list */
export function markdownTable(results) {
  const rows = results.map(({ project, outcome }) => [
    `${project.repository} (\`${project.path}\`)`,
    project.version === null ? project.commit : `${project.version} (${project.commit})`,
    project.tool,
    outcome.migrations ?? "-",
    outcome.objects ?? "-",
    outcome.result,
    outcome.seconds.toFixed(1),
    Math.round(outcome.memoryMb),
    project.note ?? "",
  ]);
  return [HEAD, HEAD.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}
