import { privateEndpointUsdPerHour } from '../catalog';
import type { Decision, Unit, Warning } from '../placement/decision';
import { cents, usd } from '../placement/figures';
import { hoursPerMonth } from '../placement/needs';
import type { GoingUnit } from './conditions';
import type { Deployed } from './deployed';
import { keptKinds, keptOf, neededBy } from './platform';
import type { KeptKind } from './platform';

/** What an environment keeps in a location until it is let go, by its name: `account-swedencentral`. */
interface Kept {
  readonly name: string;
  readonly kind: KeptKind;
  readonly location: string;
  /** Whether Berth made it, so that a deploy destroys it when it is let go. */
  readonly isMade: boolean;
}

/** The private endpoints that the constructs make for each: those of a workspace lead to itself, its storage (two) and its vault. */
const privateEndpoints: Readonly<Record<KeptKind, number>> = { account: 1, workspace: 4 };

/** All that an environment keeps, sorted by name. */
export function keptIn({ platform }: Deployed): Kept[] {
  if (!platform) return [];
  return keptKinds.flatMap(kind =>
    Object.entries(keptOf(platform, kind))
      .map(([location, id]) => ({ name: `${kind}-${location}`, kind, location, isMade: id === 'made' }))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
  );
}

/** Workloads on the units that need it, also on those that go; empty where nobody does. */
export function usersOf(
  { kind, location }: Kept,
  { units, placements }: Pick<Decision, 'units' | 'placements'>,
  going: readonly GoingUnit[],
): string[] {
  const needs = (unit: Unit): boolean => neededBy(unit) === kind && unit.location === location;
  const ids = units.filter(needs).map(({ id }) => id);
  const users = [
    ...placements.filter(({ unit }) => ids.includes(unit)),
    ...going.filter(({ unit }) => needs(unit)).flatMap(each => each.placements),
  ];
  return [...new Set(users.map(({ workload }) => workload))];
}

/** A record without what is let go. */
export function lettingGo(deployed: Deployed, { kind, location }: Kept): Deployed {
  const { platform } = deployed;
  if (!platform) return deployed;
  const others = Object.entries(keptOf(platform, kind)).filter(([key]) => key !== location);
  return { ...deployed, platform: { ...platform, [`${kind}s`]: Object.fromEntries(others) } };
}

/** What is kept though nobody uses it, what that costs, and how it is let go. */
export function keptWarnings(
  deployed: Deployed,
  decision: Decision,
  going: readonly GoingUnit[] = [],
): Warning[] {
  return keptIn(deployed)
    .filter(kept => kept.isMade && usersOf(kept, decision, going).length === 0)
    .map(({ name, kind }) => {
      const least = usd(cents(privateEndpoints[kind] * privateEndpointUsdPerHour * hoursPerMonth));
      const endpoints = kind === 'account' ? 'its private endpoint' : 'its private endpoints';
      return {
        subject: name,
        rule: 'kept',
        message: `it is kept though no workload uses it, for at least ${least} a month (${endpoints}); berth place ${decision.environment} --let-go ${name} lets it go`,
      };
    });
}
