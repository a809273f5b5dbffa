import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addressProblem } from "../../../src/smoke/client/addresses.js";

const dotted = (octets: readonly number[]) => octets.join(".");
const hex = (high = 0, low = 0) => ((high << 8) | low).toString(16);

/** Every way to write an IPv4 address inside an IPv6 address. */
const inIpv6: Record<string, (octets: readonly number[]) => string> = {
  mapped: (octets) => `::ffff:${dotted(octets)}`,
  "mapped, in hex": ([a, b, c, d]) => `::ffff:${hex(a, b)}:${hex(c, d)}`,
  "mapped, written out": ([a, b, c, d]) => `0:0:0:0:0:FFFF:${hex(a, b)}:${hex(c, d)}`,
  translated: ([a, b, c, d]) => `64:ff9b::${hex(a, b)}:${hex(c, d)}`,
  "6to4": ([a, b, c, d]) => `2002:${hex(a, b)}:${hex(c, d)}::1`,
  compatible: ([a, b, c, d]) => `::${hex(a, b)}:${hex(c, d)}`,
};
const octet = fc.nat(255);

describe("addresses that get no request", () => {
  it.each([
    "169.254.169.254",
    "169.254.170.2",
    "169.254.170.23",
    "168.63.129.16",
    "100.100.100.200",
    "fd00:ec2::254",
    "fd00:ec2:0:0:0:0:0:23",
    "[fd20:ce::254]",
    "::ffff:100.100.100.200",
  ])("%s: the metadata of a cloud, whatever is allowed", (address) => {
    for (const allowed of [false, true])
      expect(addressProblem(address, allowed)).toContain("metadata service of a cloud");
  });

  it.each(["169.254.0.1", "169.254.255.254", "fe80::1", "FE80::1%eth0", "febf:ffff::1", "::ffff:169.254.1.1"])(
    "%s: link-local, unless that is allowed",
    (address) => {
      expect(addressProblem(address, false)).toContain("--allow-link-local permits it");
      expect(addressProblem(address, true)).toBeNull();
    },
  );

  it.each(Object.entries(inIpv6))("any link-local address inside IPv6: %s", (_, spell) => {
    fc.assert(
      fc.property(octet, octet, (c, d) => {
        expect(addressProblem(spell([169, 254, c, d]), false)).not.toBeNull();
      }),
    );
  });

  it("all others get theirs, in every spelling", () => {
    fc.assert(
      fc.property(fc.tuple(octet, octet, octet, octet), (octets) => {
        const plain = dotted(octets);
        fc.pre(!plain.startsWith("169.254.") && !["168.63.129.16", "100.100.100.200", "192.0.0.192"].includes(plain));
        for (const spell of [dotted, ...Object.values(inIpv6)]) expect(addressProblem(spell(octets), false)).toBeNull();
      }),
    );
    for (const address of [
      "127.0.0.1",
      "::1",
      "10.0.0.1",
      "fec0::1",
      "fe00::1",
      "fd00:ec3::254",
      "2001:db8::a9fe:a9fe",
      "",
    ])
      expect([address, addressProblem(address, false)]).toEqual([address, null]);
  });

  it.each([
    "2852039166",
    "0xA9FEA9FE",
    "0251.0376.0251.0376",
    "169.254.43518",
    "①⑥⑨.254.169.254",
    "[::ffff:a9fe:a9fe]",
  ])("%s in a URL is the address that it stands for", (host) => {
    expect(addressProblem(new URL(`http://${host}/`).hostname, true)).not.toBeNull();
  });
});
