// Reads vitest's JSON report and prints one plain line that CI can recognise: `N passed, N failed`.
// Usage: ci-summary.mjs REPORT EXIT_CODE_OF_VITEST
// Exits 1 when a test failed, when a file did not run to its end, or when nothing ran: an empty run is not a green one.
import { readFileSync } from "node:fs";

const [path, exitCode = "0"] = process.argv.slice(2);
const report = readReport(path);
const statuses = (file) => file.assertionResults.map(({ status }) => status);

// A file that does not load has no tests; one whose worker died leaves its tests pending, and vitest calls that a success.
const broken = report.testResults.filter(
  (file) => (file.status === "failed" && !statuses(file).includes("failed")) || statuses(file).includes("pending"),
);
const all = report.testResults.flatMap(statuses);
const passed = all.filter((status) => status === "passed").length;
let failed = all.filter((status) => status === "failed").length + broken.length;
const skipped = all.filter((status) => status === "skipped" || status === "todo").length;

for (const file of broken) console.log(`did not run to its end: ${file.name}`);
if (exitCode !== "0" && failed === 0) {
  console.log(`vitest ended with exit code ${exitCode}: an error outside of the tests`);
  failed = 1;
}
if (skipped > 0) console.log(`${skipped} skipped`);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    console.log(`no test report: ${error.message}`);
    return { testResults: [] };
  }
}
