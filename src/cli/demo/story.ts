/** The story, act by act: symptom, verdict, cause, fix, verdict. */
import type { Screen } from "./screen.js";
import type { Answer, Run, Stage } from "./stage.js";
import { StoryError } from "./story-error.js";

const FAILED = "20251014_add_avatar_creator_complete";
const FIX = "20251013_reshape_avatar_tables";

/** What was seen, before the fix or after it. */
export interface Seen {
  readonly verify: number | null;
  readonly health: number;
  readonly smoke: number | null;
}

export interface Told {
  readonly before: Seen;
  readonly after: Seen;
  readonly application: string;
  readonly service: string;
}

/**
 * Plays everything; the two programs still run when it returns.
 * @throws StoryError when something does not happen without which the story cannot go on
 */
export async function tellStory(stage: Stage, screen: Screen): Promise<Told> {
  await deployTheRelease(stage, screen);
  const application = await startTheRelease(stage, screen);

  screen.act("What schemaready says");
  const service = await stage.startService();
  const before = await look(stage, screen, { application, service }, (answer) => answer.status !== 200);

  await mend(stage, screen);

  screen.act("Everything again");
  const after = await look(stage, screen, { application, service }, (answer) => answer.status === 200);
  return { before, after, application, service };
}

/** `npx prisma migrate deploy` of the new release: its first migration fails, so the other four are not tried. */
async function deployTheRelease(stage: Stage, screen: Screen): Promise<void> {
  screen.act("A release is deployed");
  screen.tell(
    "The database holds the release of 2025-10-12 with a customer's data. The new release brings five migrations. (Prisma's engine is not installed here: demo/migrate.ts does what its commands do, row by row.)",
  );
  screen.command("npx prisma migrate deploy");
  const said = await stage.buildIncident();
  for (const line of said.split("\n")) screen.output(line);
  screen.command("npx prisma migrate status");
  await stage.migrate("status");
}

async function startTheRelease(stage: Stage, screen: Screen): Promise<string> {
  screen.act("The new code starts all the same");
  const application = await stage.startApplication();
  const url = `${application}/health`;
  screen.command(`curl -i ${url}`);
  showAnswer(screen, await stage.get(url));
  screen.result(true, "the application's own health check sees nothing");
  return application;
}

async function look(
  stage: Stage,
  screen: Screen,
  { application, service }: { application: string; service: string },
  settled: (answer: Answer) => boolean,
): Promise<Seen> {
  const verified = await stage.verify();
  showExit(screen, verified);
  // The service looks every half second; the first answer after start or fix may be the one from before.
  const url = `${service}/schema/health`;
  await stage.get(`${service}/readyz`, (answer) => answer.status === 200);
  const health = await stage.get(url, settled);
  screen.command(`curl -i ${url}`);
  showAnswer(screen, health);
  const smoked = await stage.smoke(application);
  showExit(screen, smoked);
  return { verify: verified.code, health: health.status, smoke: smoked.code };
}

/**
 * Not `resolve --applied`: that records what never ran, and the next deploy has nothing to do. Not editing the failed
 * file: its checksum is in the history of every database where it ran. Instead a migration is put before it, which
 * makes of the old tables what it expects; then it runs as it was written, and so do the four behind it.
 */
async function mend(stage: Stage, screen: Screen): Promise<void> {
  screen.act("What the person on call does");
  screen.tell(
    `The failed migration wants tables that are not there yet, or not in another shape. One migration before it reshapes the old tables and keeps their rows: demo/fix/${FIX}. Then the failed one may run again.`,
  );
  screen.command(`npx prisma migrate resolve --rolled-back ${FAILED}`);
  demand(await stage.migrate("resolve", "--rolled-back", FAILED));
  screen.command(`cp -r demo/fix/${FIX} prisma/migrations/ && git add prisma/migrations`);
  screen.command("npx prisma migrate deploy");
  demand(await stage.deployWithFix());
  screen.command("npx prisma db seed");
  demand(await stage.seed());
}

function demand({ code }: Run): void {
  if (code !== 0) throw new StoryError(`the command above was expected to succeed, and its exit code is ${code}`);
}

function showExit(screen: Screen, { code }: Run): void {
  screen.result(code === 0, `exit code ${code}`);
}

const LONGEST_BODY = 400;

/** Status line and body, as curl -i shows them without the headers. */
function showAnswer(screen: Screen, { status, statusText, body }: Answer): void {
  screen.output(`HTTP/1.1 ${status} ${statusText}`);
  screen.output("");
  const left = body.length - LONGEST_BODY;
  for (const line of body.slice(0, LONGEST_BODY).trimEnd().split("\n")) screen.output(line);
  if (left > 0) screen.output(`... ${left} more characters`);
}
