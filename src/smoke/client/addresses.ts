/**
 * Addresses that no application answers on, but the services of a cloud do: credentials of the machine are there for
 * whoever asks. A name that leads there by mistake or by intent (DNS rebinding) must not get a request.
 */
import { BlockList, isIPv6 } from "node:net";

/** Never, whatever is allowed. */
const METADATA: readonly string[] = [
  "169.254.169.254", // AWS, Azure, Google, Oracle, OpenStack, DigitalOcean, Hetzner
  "169.254.170.2", // AWS ECS
  "169.254.170.23", // AWS EKS
  "168.63.129.16", // Azure's wire server
  "100.100.100.200", // Alibaba
  "192.0.0.192", // Oracle, classic
  "fd20:ce::254", // Google
];

/** https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html: fd00:ec2::254, ::23 and others. */
const METADATA_IPV6 = ["fd00:ec2::", 32] as const;

const metadata = new BlockList();
for (const address of METADATA) metadata.addAddress(address, isIPv6(address) ? "ipv6" : "ipv4");
metadata.addSubnet(...METADATA_IPV6, "ipv6");

/** https://www.rfc-editor.org/rfc/rfc3927, https://www.rfc-editor.org/rfc/rfc4291#section-2.5.6 */
const linkLocal = new BlockList();
linkLocal.addSubnet("169.254.0.0", 16, "ipv4");
linkLocal.addSubnet("fe80::", 10, "ipv6");

/**
 * Why nothing is sent to an address, or null.
 * @param address as the resolver or the socket gives it; every spelling of IPv4 inside IPv6 counts
 */
export function addressProblem(address: string, allowLinkLocal: boolean): string | null {
  const plain = address.replace(/^\[|\]$|%.*$/g, "");
  const forms = [plain, ...embedded(plain)];
  if (forms.some((each) => isIn(metadata, each))) {
    return `${plain} is the metadata service of a cloud; no request is ever sent there`;
  }
  if (allowLinkLocal || !forms.some((each) => isIn(linkLocal, each))) return null;
  return `${plain} is a link-local address, where the metadata services of clouds are; --allow-link-local permits it`;
}

function isIn(list: BlockList, address: string): boolean {
  return list.check(address, isIPv6(address) ? "ipv6" : "ipv4");
}

/**
 * The IPv4 addresses that an IPv6 address stands for: translated (RFC 6052), 6to4 (RFC 3056), compatible (RFC 4291).
 * BlockList knows the mapped form (::ffff:) itself.
 */
function embedded(address: string): string[] {
  if (!isIPv6(address)) return [];
  const groups = groupsOf(address);
  const at = (index: number) => {
    const [high = 0, low = 0] = groups.slice(index, index + 2);
    return [high >> 8, high & 255, low >> 8, low & 255].join(".");
  };
  const zeros = (from: number, to: number) => groups.slice(from, to).every((group) => group === 0);
  const translated = groups[0] === 0x64 && groups[1] === 0xff9b;
  return [...(translated || zeros(0, 6) ? [at(6)] : []), ...(groups[0] === 0x2002 ? [at(1)] : [])];
}

/** The eight groups of an IPv6 address, by the normal form that URLs have. */
function groupsOf(address: string): number[] {
  const normal = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [front = "", back] = normal.split("::");
  const parse = (text: string) => (text === "" ? [] : text.split(":").map((group) => Number.parseInt(group, 16)));
  const [head, tail] = [parse(front), parse(back ?? "")];
  return back === undefined ? head : [...head, ...Array(8 - head.length - tail.length).fill(0), ...tail];
}
