/** What the story plays with: the database, the application and the service, and what each of them is asked. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Children, Program } from "./children.js";
import { createExcerpt, type ExcerptLimits } from "./excerpt.js";
import { CHECKS, createPrograms } from "./programs.js";
import type { Screen } from "./screen.js";
import { StoryError } from "./story-error.js";

const WHOLE: ExcerptLimits = { lines: Number.POSITIVE_INFINITY, sections: Number.POSITIVE_INFINITY };
/** The beginning of each section. */
const REPORT: ExcerptLimits = { lines: 26, sections: Number.POSITIVE_INFINITY };
/** Headline, target and flows; what follows is the report of verify. */
const FLOWS: ExcerptLimits = { lines: 100, sections: 3 };
/** Several refreshes, on a slow machine. */
const PATIENCE_MS = 15_000;

export interface Answer {
  readonly status: number;
  readonly statusText: string;
  readonly body: string;
}

/** How a command ended; null: by a signal. */
export interface Run {
  readonly code: number | null;
}

export interface Stage {
  /** Builds the incident in the empty database; returns what the failed deploy said. */
  buildIncident(): Promise<string>;
  /** Starts the application; returns its origin. */
  startApplication(): Promise<string>;
  /** Starts `schemaready serve`; returns its origin. */
  startService(): Promise<string>;
  /** Runs `schemaready verify` and shows what it prints. */
  verify(): Promise<Run>;
  /** Runs `schemaready smoke` against the application and shows what it prints. */
  smoke(application: string): Promise<Run>;
  /** Runs demo/migrate.ts and shows what it prints. */
  migrate(...args: readonly string[]): Promise<Run>;
  deployWithFix(): Promise<Run>;
  seed(): Promise<Run>;
  /** GET; with `until`, again and again until it holds or the patience ends. */
  get(url: string, until?: (answer: Answer) => boolean): Promise<Answer>;
}

export interface StageOptions {
  readonly databaseUrl: string;
  readonly children: Children;
  readonly screen: Screen;
  readonly colour: boolean;
  readonly signal: AbortSignal;
}

/** All methods throw StoryError, or the reason of `signal`. */
export function createStage({ databaseUrl, children, screen, colour, signal }: StageOptions): Stage {
  const programs = createPrograms({ databaseUrl, colour });
  let token = "";
  const show = (program: Program, limits = WHOLE) => runAndShow(program, limits, children, screen);
  return {
    buildIncident: async () => {
      const built = await readIncident(programs.incident, children);
      token = built.token;
      // The last paragraph is the server's error once more, field by field.
      const [message = ""] = built.error.message.split("\n\nDbError");
      return `Error: ${built.error.code}\n\n${message}`;
    },
    startApplication: () =>
      children.start(programs.application, (line) => /^\{"listening":"([^"]+)"\}$/.exec(line)?.[1]),
    startService: () => children.start(programs.service, (line) => /^schemaready listens on (\S+)$/.exec(line)?.[1]),
    verify: () => {
      screen.command(`schemaready verify --checks ${CHECKS}`);
      return show(programs.verify, REPORT);
    },
    smoke: (application) => {
      screen.command(`schemaready smoke --checks ${CHECKS} --base-url ${application}`);
      return show(programs.smoke(application, token), FLOWS);
    },
    migrate: (...args) => show(programs.migrate(...args)),
    deployWithFix: () => show(programs.deployWithFix),
    seed: () => show(programs.seed),
    get: async (url, until = () => true) => {
      const patience = Date.now() + PATIENCE_MS;
      for (;;) {
        const answer = await ask(url, signal);
        if (until(answer) || Date.now() > patience) return answer;
        await sleep(200, undefined, { signal });
      }
    },
  };
}

async function runAndShow(program: Program, limits: ExcerptLimits, children: Children, screen: Screen): Promise<Run> {
  const excerpt = createExcerpt(limits);
  const code = await children.run(program, (line, stream) => {
    for (const shown of stream === "stdout" ? excerpt.next(line) : [line]) screen.output(shown);
  });
  for (const shown of excerpt.end()) screen.output(shown);
  return { code };
}

/** What demo/prepare.ts prints. */
interface Incident {
  readonly token: string;
  readonly error: { readonly code: string; readonly message: string };
}

async function readIncident(program: Program, children: Children): Promise<Incident> {
  const lines: string[] = [];
  const code = await children.run(program, (line) => lines.push(line));
  if (code !== 0) throw new StoryError(`the incident could not be built:\n${lines.join("\n")}`);
  return JSON.parse(lines.at(-1) ?? "") as Incident;
}

async function ask(url: string, signal: AbortSignal): Promise<Answer> {
  try {
    const response = await fetch(url, { signal });
    const { status, statusText } = response;
    return { status, statusText, body: await response.text() };
  } catch (error) {
    signal.throwIfAborted();
    throw new StoryError(`${url} does not answer`, { cause: error });
  }
}
