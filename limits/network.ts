import { hostSubnetProblem } from './address-space';

/**
 * Where the platform of an environment is: its virtual network, and with it every machine on Azure. That is the first location,
 * and stays so in whatever order they are written later (`settled` of `lock/`). A region has no network of its own.
 */
export function networkLocation({ locations: [first] }: { readonly locations: readonly string[] }): string {
  if (first === undefined)
    throw new Error('an environment on Azure has no location, which its schema refuses');
  return first;
}

interface Azure {
  readonly existing: { readonly hostSubnetId?: string | undefined };
}

interface Placed {
  readonly provider: string;
  readonly count: number;
  /** Models, of machines of ours. */
  readonly serves?: readonly unknown[];
}

/**
 * Why the network that Berth makes has no room for the machines of these units, as a sentence; undefined where it has. How
 * large a subnet is that was there before, nobody has said.
 */
export function roomProblem(azure: Azure | undefined, units: readonly Placed[]): string | undefined {
  if (azure?.existing.hostSubnetId !== undefined) return undefined;
  return hostSubnetProblem(
    units.filter(({ provider, serves }) => provider === 'azure' && serves).map(({ count }) => count),
  );
}
