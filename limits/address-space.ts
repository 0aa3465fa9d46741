/** Subnets are /24, so the space must hold two of them; Azure takes nothing larger than /8. */
const subnetPrefix = 24;
const shortestPrefix = 8;
const longestPrefix = 22;

/** The ranges of RFC 1918: first address and prefix length. */
const privateRanges: readonly (readonly [string, number])[] = [
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
];

interface Block {
  readonly first: number;
  readonly prefix: number;
}

/** What the range of a virtual network may be, in words that follow "must be". */
export const addressSpaceAllowed = `a private IPv4 range (RFC 1918) in CIDR notation with a prefix from /${shortestPrefix} to /${longestPrefix}, written with its first address`;

/** Whether a text is a private IPv4 range in CIDR notation that is large enough for the subnets. */
export function isAddressSpace(space: string): boolean {
  const block = parse(space);
  return (
    block !== undefined && block.prefix >= shortestPrefix && block.prefix <= longestPrefix && isPrivate(block)
  );
}

/**
 * The nth /24 of a range that {@link isAddressSpace} takes, counted from 0.
 */
export function subnetOf(space: string, index: number): string {
  const block = parse(space);
  if (!block) throw new Error(`${space} is no range to cut subnets from, which is a fault in the network`);
  return `${format(block.first + index * 2 ** (32 - subnetPrefix))}/${subnetPrefix}`;
}

function parse(cidr: string): Block | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(cidr);
  if (!match) return undefined;
  const [a = 0, b = 0, c = 0, d = 0, prefix = 0] = match.slice(1).map(Number);
  if (Math.max(a, b, c, d) > 255 || prefix > 32) return undefined;
  const first = ((a * 256 + b) * 256 + c) * 256 + d;
  return first % 2 ** (32 - prefix) === 0 ? { first, prefix } : undefined;
}

function isPrivate(block: Block): boolean {
  return privateRanges.some(([address, prefix]) => {
    const range = parse(`${address}/${prefix}`);
    return (
      range !== undefined &&
      block.first >= range.first &&
      block.first + 2 ** (32 - block.prefix) <= range.first + 2 ** (32 - prefix)
    );
  });
}

function format(address: number): string {
  return [24, 16, 8, 0].map(bits => Math.floor(address / 2 ** bits) % 256).join('.');
}

/** Addresses of a subnet that Azure keeps: the first four and the last. https://learn.microsoft.com/azure/virtual-network/virtual-networks-faq */
const keptAddresses = 5;

/** Addresses that the subnet of the hosts has, where Berth makes it. */
const hostAddresses = 2 ** (32 - subnetPrefix) - keptAddresses;

/**
 * Why the hosts of a network that Berth makes have no room in their subnet, as a clause; undefined where they have. Each
 * machine takes an address, and so does the balancer of several.
 * @param counts machines of each host on Azure
 */
export function hostSubnetProblem(counts: readonly number[]): string | undefined {
  const taken = counts.reduce((sum, count) => sum + count + (count > 1 ? 1 : 0), 0);
  return taken > hostAddresses
    ? `machines and balancers on Azure take ${taken} addresses, and their subnet has ${hostAddresses}: use fewer and larger sizes, or a network of your own with a larger subnet (azure.existing)`
    : undefined;
}
