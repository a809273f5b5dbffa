/** `schemaready demo`: a real incident, from the first symptom to the fix, on a throwaway PostgreSQL. */
import { setTimeout as sleep } from "node:timers/promises";
import { EXIT, type ExitCode } from "../../errors/index.js";
import { startScratch } from "../../scratch/index.js";
import { createChildren } from "./children.js";
import { createScreen, type Screen } from "./screen.js";
import { createStage } from "./stage.js";
import { type Seen, type Told, tellStory } from "./story.js";
import { StoryError } from "./story-error.js";

export interface DemoOptions {
  /** Leave everything running at the end, until `signal` is aborted. */
  readonly keep: boolean;
  readonly colour: boolean;
  readonly write: (text: string) => void;
  /** When it is aborted, everything is taken down and the demo ends. */
  readonly signal: AbortSignal;
}

/**
 * Plays the story and takes everything down again, however it ends. Returns 0 if it went as it should, 1 if not.
 * @throws SchemareadyError SCRATCH_UNAVAILABLE; the reason of `signal`
 */
export async function runDemo({ keep, colour, write, signal }: DemoOptions): Promise<ExitCode> {
  const began = performance.now();
  const screen = createScreen({ colour, write });
  screen.line("schemaready demo: the incident of October 2025, from the first symptom to the fix");
  screen.tell(
    "Everything runs on this machine, in a PostgreSQL of its own. Long reports are cut after their first lines.",
  );
  const server = await startScratch({
    // The programs of the story build what they expect in this server, too.
    mayCreateDatabases: true,
    onProgress: (message) => screen.tell(message),
  });
  const children = createChildren(signal);
  try {
    signal.throwIfAborted();
    const { url } = await server.connect();
    const stage = createStage({ databaseUrl: url, children, screen, colour, signal });
    const told = await tellStory(stage, screen);
    const code = summarize(told, screen, (performance.now() - began) / 1000);
    if (keep) await stay(told, url, screen, signal);
    return code;
  } catch (error) {
    if (!(error instanceof StoryError)) throw error;
    screen.result(false, `${WRONG}: ${error.message}`);
    return EXIT.gaps;
  } finally {
    await children.stop();
    await server.close();
  }
}

const WRONG = "THIS RUN IS NOT AS THE STORY SAYS";
const BROKEN: Seen = { verify: EXIT.gaps, health: 503, smoke: EXIT.gaps };
const GREEN: Seen = { verify: EXIT.ok, health: 200, smoke: EXIT.ok };

function summarize({ before, after }: Told, screen: Screen, seconds: number): ExitCode {
  const rightBefore = equal(before, BROKEN);
  const rightAfter = equal(after, GREEN);
  screen.line("");
  screen.result(
    rightBefore,
    `before the fix: ${describe(before)}${rightBefore ? "" : `; expected ${describe(BROKEN)}`}`,
  );
  screen.result(rightAfter, `after the fix:  ${describe(after)}${rightAfter ? "" : `; expected ${describe(GREEN)}`}`);
  const good = rightBefore && rightAfter;
  screen.result(good, `${good ? "the story went as it should" : WRONG}, ${seconds.toFixed(1)} s`);
  return good ? EXIT.ok : EXIT.gaps;
}

function equal(first: Seen, second: Seen): boolean {
  return first.verify === second.verify && first.health === second.health && first.smoke === second.smoke;
}

function describe({ verify, health, smoke }: Seen): string {
  return `verify exit ${verify}, /schema/health ${health}, smoke exit ${smoke}`;
}

/** The database's URL has a password, and may be shown: server and password are made for this run and go with it. */
async function stay({ application, service }: Told, url: string, screen: Screen, signal: AbortSignal): Promise<void> {
  const lines = [
    "Everything is still running:",
    `   application  ${application}/health`,
    `   schemaready  ${service}/schema/health  ${service}/schema/verify  ${service}/docs`,
    `   database     psql '${url}'`,
    `                export DATABASE_URL='${url}'`,
    "Ctrl-C stops it and removes the database.",
  ];
  screen.line(`\n${lines.join("\n")}`);
  const AGES_MS = 2 ** 31 - 1;
  while (!signal.aborted) await sleep(AGES_MS, undefined, { signal }).catch(() => {});
}
