/** What is wrong with a page in a browser, whoever looks at it and on whatever. */
import axe from "axe-core";
import type { Page } from "playwright-core";

/** What axe finds at level A and AA, and its best practices, with the elements it means. */
export async function faultsOf(opened: Page): Promise<string[]> {
  await opened.evaluate(axe.source);
  const { violations } = (await opened.evaluate(
    "axe.run(document, { resultTypes: ['violations'] })",
  )) as axe.AxeResults;
  return violations.flatMap(({ id, impact, nodes }) => nodes.map(({ html }) => `${id} (${impact}): ${html}`));
}

/** The same in light and dark, on phones and on a desk; and whether it is wider than the screen. */
export async function faultsInEveryLook(opened: Page): Promise<string[]> {
  const found: string[] = [];
  for (const colorScheme of ["light", "dark"] as const) {
    for (const width of [320, 360, 1200]) {
      await opened.emulateMedia({ colorScheme });
      await opened.setViewportSize({ width, height: 800 });
      const wide = Number(await opened.evaluate("document.documentElement.scrollWidth"));
      const faults = [...(wide > width ? [`${wide} px wide`] : []), ...(await faultsOf(opened))];
      found.push(...faults.map((fault) => `${colorScheme} ${width}: ${fault}`));
    }
  }
  return found;
}
