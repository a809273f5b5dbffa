/**
 * One fault from its beginning to its end, seen by two services on the same database: one that verifies by itself, as
 * everywhere, and one that verifies when the test asks, so that each state in between can be looked at for as long as needed.
 */
import { afterEach, expect } from "vitest";
import type { Contract } from "../../src/model/contract.js";
import { type LiveOptions, type LiveService, startLiveService } from "../support/live-service.js";
import { CONTRACT, HIDDEN, PASSWORD } from "./fixture.js";
import { answersIn, FAULTS, type FaultName, STATES, type State } from "./table.js";

export interface Course {
  /** Verifies by itself. */
  readonly live: LiveService;
  /** Verifies when it is asked. */
  readonly asked: LiveService;
  /** The next state of the table comes with the next verifications, three at most, and every route answers as the table says. */
  next(): Promise<State>;
  /** The remaining states; the service that verifies by itself arrives at the last of them too, tells it once, and answers all the while. */
  toTheEnd(reason?: RegExp): Promise<void>;
  /**
   * That both services find back by themselves, and that nobody was told the password.
   * @param events what the log of the one that verifies by itself says of it; null: the test looks at them itself
   */
  heals(events?: readonly string[] | null): Promise<void>;
  /** Ends both services. */
  stop(): Promise<void>;
}

type Options = Omit<LiveOptions, "contract" | "hidden" | "onDemand"> & { readonly contract?: Contract };

/** Both services run and have found that the schema fits. */
export async function begin(fault: FaultName, options: Options): Promise<Course> {
  const all = { contract: CONTRACT, hidden: HIDDEN, ...options };
  const live = await startLiveService(all);
  const asked = await startLiveService({ ...all, onDemand: true });
  for (const service of [live, asked]) {
    await service.untilHealth(/^200 pass$/);
    expect(service.takeEvents()).toEqual(["start", "verdict pass"]);
  }
  return new FaultCourse(fault, live, asked);
}

/**
 * For the tests of one file or group: begins a course, which ends with its test. Hooks that close what the service talks
 * through are registered before, so that they run after.
 */
export function useCourse(databaseUrl: () => string): (fault: FaultName, more?: Partial<Options>) => Promise<Course> {
  let course: Course | undefined;
  afterEach(async () => {
    const begun = course;
    course = undefined;
    await begun?.stop();
  });
  return async (fault, more = {}) => {
    course = await begin(fault, { databaseUrl: databaseUrl(), ...more });
    return course;
  };
}

class FaultCourse implements Course {
  readonly live: LiveService;
  readonly asked: LiveService;
  readonly #states: readonly State[];
  #passed = 0;

  constructor(fault: FaultName, live: LiveService, asked: LiveService) {
    this.live = live;
    this.asked = asked;
    this.#states = FAULTS[fault].states;
  }

  async next(): Promise<State> {
    const wanted = this.#states[this.#passed];
    if (wanted === undefined) throw new Error("the table says that nothing more happens");
    const before = this.#states[this.#passed - 1] ?? wanted;
    for (let attempt = 1; ; attempt++) {
      expect(await this.asked.refresh(), `refresh, to become ${wanted}`).toBe(STATES[wanted].refresh);
      const answers = await this.asked.answers();
      // A failure to look has to come three times in a row: the first two leave things as they are.
      if (attempt < 3 && isEqual(answers, answersIn(before)) && before !== wanted) continue;
      expect(answers, `every route while ${wanted}`).toEqual(answersIn(wanted));
      break;
    }
    this.#passed += 1;
    return wanted;
  }

  async toTheEnd(reason = /./): Promise<void> {
    let last = await this.next();
    while (this.#passed < this.#states.length) last = await this.next();
    expect(await this.asked.health()).toMatch(reason);
    if (last !== "away") return;
    await this.live.untilHealth(/^503 fail unverified: the database could not be asked/);
    expect(await this.live.health()).toMatch(reason);
    expect(codes(await this.live.answers())).toEqual(codes(answersIn(last)));
    await this.live.answersMeanwhile();
    expect(this.live.takeEvents()).toEqual(["verify-failed", "verdict unverified"]);
  }

  async heals(events: readonly string[] | null = ["verdict pass"]): Promise<void> {
    expect(this.#passed, "states of the table that the test has seen").toBe(this.#states.length);
    await this.asked.until("the next verification succeeds", async () => (await this.asked.refresh()) === 200);
    expect(await this.asked.answers()).toEqual(answersIn("fits"));
    await this.live.untilHealth(/^200 pass$/);
    expect(codes(await this.live.answers())).toEqual(codes(answersIn("fits")));
    if (events !== null) expect(this.live.takeEvents()).toEqual(events);
    expect(this.live.log() + this.asked.log()).not.toContain(PASSWORD);
  }

  async stop(): Promise<void> {
    await Promise.all([this.live.stop(), this.asked.stop()]);
  }
}

function isEqual(some: Readonly<Record<string, string>>, others: Readonly<Record<string, string>>): boolean {
  return Object.entries(others).every(([path, answer]) => some[path] === answer);
}

/** On a busy machine a service that verifies ten times a second is late now and then, and says so. */
function codes(answers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(answers).map(([path, answer]) => [path, answer.slice(0, 3)]));
}
