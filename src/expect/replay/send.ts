/** Sends one script by its tool's transaction rule, and tells exactly which statement PostgreSQL refused. */
import { isServerError } from "../../db/index.js";
import type { MigrationScript } from "../../model/migrations.js";
import { ScriptStopped, statementsCompleted } from "../../scratch/index.js";
import { blank, offsetOfCharacter, type Range } from "../../sql/index.js";
import { arrange } from "./arrange.js";
import type { ReadScript, Statement } from "./read-script.js";
import type { Refusal, Sending } from "./sending.js";
import { resetSession, type Stage } from "./stage.js";
import { leavesTransactionOpen, singleUnits, type Unit, wholeUnits } from "./units.js";

/** active_sql_transaction, and unsafe_new_enum_value_usage. */
const NEEDS_OWN_TRANSACTION = ["25001", "55P04"];
/** A script that needs more arrangements than this is not worth more. */
const MAX_ARRANGEMENTS = 200;
const QUERY_CANCELED = "57014";
/** What ran out of time, space or memory, or lost the connection, would do it again. */
const NOT_TWICE = ["57014", "53100", "53200", "53400", "08006", "08P01"];
/** As PostgreSQL says it of text that it gets another way: one script ends at the first of these. */
const NUL = 'invalid byte sequence for encoding "UTF8": 0x00';

/** Runs the script; null when it ran to its end. What it changed until it was refused is undone as PostgreSQL does it. */
export async function sendScript(stage: Stage, script: MigrationScript): Promise<Refusal | null> {
  stage.deadline.beginScript();
  const nul = script.sql.indexOf("\0");
  if (nul >= 0) return { sqlstate: "22021", message: NUL, statement: null, at: nul };
  const read = stage.read(script);
  const sending: Sending = { script, read, blanks: notSql(stage, script, read) };
  try {
    return await sendAll(stage, sending);
  } finally {
    await resetSession(stage);
  }
}

async function sendAll(stage: Stage, sending: Sending): Promise<Refusal | null> {
  const { script, read } = sending;
  const { statements } = read;
  const wrapped = script.transaction === "transaction";
  const units = script.transaction === "none" ? singleUnits(statements) : wholeUnits(statements, script.sql.length);
  for (const [position, unit] of units.entries()) {
    const isLast = position === units.length - 1;
    const refusal = await sendUnit(stage, sending, unit, {
      begin: wrapped && position === 0,
      commit: wrapped && isLast,
    });
    if (refusal !== null) return refusal;
  }
  if (leavesTransactionOpen(statements)) {
    stage.notes.add(`${script.file}: begins a transaction and does not end it; the replay committed it`);
    await stage.connection.execute("commit");
  }
  return null;
}

interface Around {
  readonly begin: boolean;
  readonly commit: boolean;
}

async function sendUnit(stage: Stage, sending: Sending, unit: Unit, around: Around): Promise<Refusal | null> {
  for (let round = 0; ; round++) {
    const error = await attempt(stage, textOf(sending, unit), around);
    if (error === null) return null;
    if (NEEDS_OWN_TRANSACTION.includes(error.code) && (unit.statements.length > 1 || around.begin)) {
      return sendApart(stage, sending, unit, error.message);
    }
    const refusal = await locate(stage, sending, unit, error);
    const mayArrange = round < MAX_ARRANGEMENTS && (await arrange(stage, sending, refusal));
    if (!mayArrange) return refusal;
  }
}

/** Some statements must not share a transaction with others: then each goes alone, and what ran stays when one fails. */
async function sendApart(stage: Stage, sending: Sending, unit: Unit, reason: string): Promise<Refusal | null> {
  const singles = singleUnits(unit.statements);
  const [only] = singles;
  if (singles.length === 1 && only !== undefined && only.statements.length > 1) {
    const error = await attempt(stage, textOf(sending, only), { begin: false, commit: false });
    return error === null ? null : locate(stage, sending, only, error);
  }
  stage.notes.add(`${sending.script.file}: sent statement by statement, because in one transaction: ${reason}`);
  for (const single of singles) {
    const refusal = await sendUnit(stage, sending, single, { begin: false, commit: false });
    if (refusal !== null) return refusal;
  }
  return null;
}

interface ServerError {
  readonly code: string;
  readonly message: string;
  readonly position?: string | undefined;
  /** Statements of the text that ran to their end. */
  readonly completed: number | null;
}

/** Null: it ran. @throws what is not an answer of the server */
async function attempt(stage: Stage, text: string, { begin, commit }: Around): Promise<ServerError | null> {
  const { connection, deadline } = stage;
  if (deadline.left() <= 0) return { code: QUERY_CANCELED, message: deadline.message(), completed: 0 };
  try {
    if (begin) await connection.execute("begin");
    await connection.execute(text, deadline.left());
    if (commit) await connection.execute("commit");
    return null;
  } catch (error) {
    const answer = answerOf(error, stage);
    if (answer === null) throw error;
    await connection.execute("rollback");
    return answer;
  }
}

function answerOf(error: unknown, { deadline }: Stage): ServerError | null {
  const completed = statementsCompleted(error);
  if (error instanceof ScriptStopped) {
    const message = error.reason === "time" ? deadline.message() : error.message;
    return { code: error.code, message, completed };
  }
  if (!isServerError(error)) return null;
  return { code: error.code, message: error.message, position: error.position, completed };
}

/** Only what is in the piece is looked at: a dump has thousands of pieces. */
function textOf({ script, blanks }: Sending, { start, end }: Range): string {
  const inside = blanks
    .filter((range) => range.start < end && range.end > start)
    .map((range) => ({ start: Math.max(range.start - start, 0), end: Math.min(range.end, end) - start }));
  return blank(script.sql.slice(start, end), inside);
}

async function locate(stage: Stage, sending: Sending, unit: Unit, error: ServerError): Promise<Refusal> {
  const { code: sqlstate, message } = error;
  const position = Number(error.position ?? 0);
  if (position > 0) {
    const at = unit.start + offsetOfCharacter(textOf(sending, unit), position);
    const statement = unit.statements.find(({ start, end }) => start <= at && at <= end) ?? null;
    return { sqlstate, message, statement, at };
  }
  return { sqlstate, message, statement: await findRefused(stage, sending, unit, error), at: null };
}

/** PostgreSQL points at a place for few errors only; otherwise the statements run again, one by one, until it refuses. */
async function findRefused(stage: Stage, sending: Sending, unit: Unit, error: ServerError): Promise<Statement | null> {
  const [first] = unit.statements;
  if (unit.statements.length <= 1) return first ?? null;
  if (NOT_TWICE.includes(error.code)) return afterCompleted(sending, unit, error.completed);
  const { connection } = stage;
  try {
    await connection.execute("begin");
    for (const statement of unit.statements) {
      // Everything before it ran: it was refused at its end (a deferred constraint). What runs here must not be kept.
      if (statement.ends) return statement;
      const again = await connection.execute(textOf(sending, statement)).then(
        () => null,
        (thrown: unknown) => thrown,
      );
      if (again === null) continue;
      if (!isServerError(again)) throw again;
      return again.code === error.code && again.message === error.message ? statement : null;
    }
    return null;
  } finally {
    await connection.execute("rollback");
  }
}

/** Each statement that was sent tells when it has run to its end. */
function afterCompleted({ blanks }: Sending, unit: Unit, completed: number | null): Statement | null {
  const sent = unit.statements.filter(
    ({ start, end }) => !blanks.some((each) => each.start <= start && end <= each.end),
  );
  return completed === null ? null : (sent[completed] ?? null);
}

/** What the server must not get: commands of psql, rows of COPY, and a longer time than the replay gives. */
function notSql(stage: Stage, script: MigrationScript, read: ReadScript): Range[] {
  if (read.copies.length > 0) {
    stage.notes.add(`${script.file}: the rows of COPY ... FROM stdin are left out: they are data, not schema`);
  }
  const bom = script.sql.startsWith("\ufeff") ? [{ start: 0, end: 1 }] : [];
  return [...bom, ...read.metaLines, ...read.copies, ...read.statements.filter(({ setsTimeout }) => setsTimeout)];
}
