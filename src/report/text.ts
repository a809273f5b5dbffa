/**
 * The page that a tired person reads at three in the morning: verdict, where we looked, why, what it does to the
 * application, what to do. Every gap is printed in full once.
 */
import type { Report } from "../model/report.js";
import type { Reporter } from "./reporter.js";
import { baselineSection } from "./text/baseline.js";
import { causesSection } from "./text/causes.js";
import { featuresSection } from "./text/features.js";
import { footer } from "./text/footer.js";
import { attributedGapsSection, gapsSection } from "./text/gaps.js";
import { hasTarget, headline, where } from "./text/headline.js";
import { historySection } from "./text/history.js";
import { layOut, type Row, sections } from "./text/page.js";
import { serverRefusal, serverSection } from "./text/server.js";
import { smokeSection } from "./text/smoke.js";
import { stepsSection } from "./text/steps.js";
import { unverifiedSection } from "./text/unverified.js";

export const text: Reporter = (report, options) =>
  layOut(
    sections(
      headline(report),
      where(report),
      smokeSection(report.smoke),
      serverSection(report),
      ...whySections(report),
      baselineSection(report),
      // Without a database there is one reason for everything, and it stands at the top.
      hasTarget(report) && serverRefusal(report) === null ? unverifiedSection(report) : [],
      historySection(report),
      stepsSection(report),
      footer(report),
    ),
    options,
  );

/** A reason that is known comes first; where none is, the facts do. */
function whySections(report: Report): Row[][] {
  const [why, gaps] = [causesSection(report), gapSections(report)];
  return report.causes.every(({ code }) => code === "UNKNOWN") ? [...gaps, why] : [why, ...gaps];
}

function gapSections(report: Report): Row[][] {
  if (report.smoke !== null && report.gate === undefined) return [attributedGapsSection(report, report.smoke)];
  return [featuresSection(report), gapsSection(report)];
}
