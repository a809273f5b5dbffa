import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AnswerTooLarge, MessageFilter } from "../../../src/scratch/message-filter.js";

function message(type: string, body: Buffer | string): Buffer {
  const bytes = Buffer.from(body);
  const header = Buffer.alloc(5);
  header.write(type);
  header.writeUInt32BE(bytes.length + 4, 1);
  return Buffer.concat([header, bytes]);
}

/** Passes the bytes in chunks of those sizes, again and again. */
function passed(bytes: Buffer, sizes: readonly number[], discardRows: boolean): Buffer {
  const filter = new MessageFilter();
  filter.discardRows = discardRows;
  const out: Buffer[] = [];
  for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? 1;
    out.push(Buffer.from(filter.pass(bytes.subarray(at, at + size))));
    at += size;
  }
  return Buffer.concat(out);
}

const messages = fc.array(
  fc.record({
    type: fc.constantFrom("D", "d", "N", "A", "T", "C", "Z", "E", "S"),
    body: fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
  }),
  { maxLength: 20 },
);
const sizes = fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 5 });

describe("MessageFilter", () => {
  it("drops notices and notifications, and rows of scripts, however the stream is cut", () => {
    fc.assert(
      fc.property(messages, sizes, fc.boolean(), (all, cuts, discardRows) => {
        const dropped = discardRows ? ["N", "A", "D", "d"] : ["N", "A"];
        const whole = Buffer.concat(all.map(({ type, body }) => message(type, body)));
        const kept = all.filter(({ type }) => !dropped.includes(type)).map(({ type, body }) => message(type, body));
        expect(passed(whole, cuts, discardRows)).toEqual(Buffer.concat(kept));
      }),
    );
  });

  it("cuts the text of an error, at the end of a character, and goes on after it", () => {
    const fields = Buffer.concat([
      Buffer.from("SERROR\0C22023\0M"),
      Buffer.from("ä".repeat(100_000)),
      Buffer.from("\0P7\0\0"),
    ]);
    const stream = Buffer.concat([message("E", fields), message("Z", "I")]);
    for (const cut of [1, 7, 16_384, 1_000_000]) {
      const out = passed(stream, [cut], true);
      const length = out.readUInt32BE(1);
      expect(length).toBeLessThan(17_000);
      const text = out.subarray(5, length + 1).toString();
      expect(text).toMatch(/^SERROR\0C22023\0Mä+ \.\.\.\0\0$/);
      expect(out.subarray(length + 1)).toEqual(message("Z", "I"));
    }
  });

  it("refuses an answer that nobody needs, before it is there", () => {
    const filter = new MessageFilter();
    const header = Buffer.from([0x44, 0x7f, 0xff, 0xff, 0xff]);
    expect(() => filter.pass(header)).toThrow(AnswerTooLarge);
    filter.discardRows = true;
    expect(new MessageFilter().pass(message("N", "x".repeat(1000)))).toHaveLength(0);
  });
});
