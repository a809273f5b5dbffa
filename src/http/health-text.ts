/** The health answer for people: lines, as Kubernetes' own health pages have them. */
import type { FeatureResult, Report } from "../model/report.js";
import { displaySafe, type Health } from "../report/index.js";

/** Renders a health answer. The features and their gaps are listed for callers with access to details. */
export function healthText(health: Health, report: Report | null, only: readonly FeatureResult[] | null): string {
  const { status, output, notes = [], description, checks, links } = health.body;
  const head = `${description === undefined ? "" : `${description}: `}${status}${output === undefined ? "" : `: ${output}`}`;
  const lines = [head, ...notes];
  if (checks === undefined || report === null) return page([...lines, `details: GET ${links.about}`]);
  const features = (only ?? report.features).flatMap((feature) => featureLines(feature, report));
  return page([...lines, ...features]);
}

function featureLines(feature: FeatureResult, report: Report): string[] {
  const sign = feature.status === "working" ? "+" : "-";
  const messages = report.gaps.filter(({ id }) => feature.gaps.includes(id)).map(({ message }) => `    ${message}`);
  return [`[${sign}]${feature.id} ${feature.status}`, ...messages];
}

function page(lines: readonly string[]): string {
  return `${lines.map(displaySafe).join("\n")}\n`;
}
