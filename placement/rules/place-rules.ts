import type { Catalog } from '../../catalog';
import { dataLocationOf } from '../needs';
import type { DataLocation } from '../needs';
import { fail, pass, unverified } from '../types';
import type { Judgement, Offer, Rule } from '../types';

/** Where prompts may go, who else is there, and who runs the place. */
export const placeRules: readonly Rule[] = [
  {
    id: 'residency',
    why: 'where prompts and answers may be processed',
    judge: (offer, workload, { environment, catalog }) => {
      const data = dataLocationOf(workload, environment);
      switch (workload.residency) {
        case 'any':
          return undefined;
        case 'data-zone':
          return judgeZone(offer, data, catalog);
        case 'region':
          return judgeRegion(offer, data);
        case 'own-network':
          return offer.venue === 'vm' || offer.venue === 'edge'
            ? pass(`${placeName(offer)} is in our own network`)
            : fail(
                `own-network is asked for, and ${placeName(offer)} is a service outside it, also behind a private endpoint`,
              );
        case 'on-premises':
          return offer.venue === 'edge'
            ? pass(`${placeName(offer)} is ours, on our premises`)
            : fail(`on-premises is asked for, and ${placeName(offer)} is in a cloud`);
        case 'device':
          return offer.venue === 'edge' && offer.location === workload.site
            ? pass(`${placeName(offer)} stands at ${offer.location}`)
            : fail(
                `a device at ${workload.site ?? 'its site'} is asked for, and ${placeName(offer)} is not one`,
              );
      }
    },
  },
  {
    id: 'cloud',
    why: 'every endpoint is private, and no link is made between clouds',
    judge: (offer, workload, { environment }) => {
      const data = dataLocationOf(workload, environment);
      if (!data || offer.provider === 'own') return undefined;
      return data.provider === offer.provider
        ? pass(`its data and callers are in ${data.provider}, as ${placeName(offer)} is`)
        : fail(
            `its data and callers are in ${data.provider}, and ${placeName(offer)} is behind private endpoints in ${offer.provider}`,
          );
    },
  },
  {
    id: 'connectivity',
    why: 'what must work without a connection runs beside its callers; what has none is reached by nobody else',
    judge: (offer, { connectivity }) => {
      if (connectivity === 'offline') {
        return offer.venue === 'edge'
          ? pass(`${placeName(offer)} serves callers on the site without a connection`)
          : fail(`it must work offline, and ${placeName(offer)} needs a connection`);
      }
      if (offer.venue !== 'edge' || offer.owned.connected) return undefined;
      return fail(
        `${placeName(offer)} is disconnected, and serves only workloads whose connectivity is offline`,
      );
    },
  },
  {
    id: 'site',
    why: 'an owned device serves only workloads that name its site',
    judge: (offer, { site }) => {
      if (offer.venue !== 'edge') return undefined;
      if (site === offer.location) return pass(`it names the site ${site} of ${offer.device}`);
      const named = site === undefined ? 'it names no site' : `it names the site ${site}`;
      return fail(`${offer.device} serves only workloads of the site ${offer.location}, and ${named}`);
    },
  },
  {
    id: 'tenancy',
    why: 'a service that many customers share is no dedicated compute, also with provisioned throughput',
    judge: (offer, { tenancy }) => {
      if (tenancy === 'shared') return undefined;
      return offer.venue === 'hosted'
        ? fail(
            'dedicated compute is asked for, and a hosted model is a service for many customers, also with provisioned throughput',
          )
        : pass(`${placeName(offer)} serves no other customer`);
    },
  },
  {
    id: 'operations',
    why: 'on a machine of ours, the operating system is ours to patch',
    judge: (offer, { operations }) => {
      if (operations === 'any') return undefined;
      return offer.venue === 'hosted' || offer.venue === 'catalog'
        ? pass(`the operating system of ${placeName(offer)} is the provider's to patch`)
        : fail(
            `provider-managed is asked for, and the operating system of ${placeName(offer)} is ours to patch`,
          );
    },
  },
  {
    id: 'pin',
    why: 'the environment chose itself',
    judge: (offer, { pin }) => {
      if (!pin) return undefined;
      const differ = (['venue', 'model', 'version', 'sku'] as const).filter(
        key => pin[key] !== undefined && pin[key] !== offer[key],
      );
      if (differ.length === 0) return pass('it is pinned here');
      return fail(
        `it is pinned to ${differ.map(key => `${key} ${pin[key]}`).join(', ')}, and this is ${differ.map(key => offer[key]).join(', ')}`,
      );
    },
  },
];

/** How a place reads in a sentence. */
export function placeName(offer: Offer): string {
  switch (offer.venue) {
    case 'hosted':
      return `the ${offer.sku} deployment in ${offer.location}`;
    case 'catalog':
      return `the managed endpoint in ${offer.location}`;
    case 'vm':
      return `the ${offer.provider} machine in ${offer.location}`;
    case 'edge':
      return `the device ${offer.device}`;
  }
}

function judgeRegion(offer: Offer, data: DataLocation | undefined): Judgement {
  const where = data ? `${data.provider} ${data.region}` : 'its region';
  if (offer.venue === 'edge')
    return unverified(
      `processing must stay in ${where}, and where the site ${offer.location} lies is not stated; residency device or on-premises says that it may run there`,
    );
  if (offer.venue === 'hosted' && scopeOf(offer.sku) !== 'region') {
    return fail(
      `processing must stay in ${where}, and ${offer.sku} may process ${scopeOf(offer.sku) === 'global' ? 'anywhere' : 'anywhere in its data zone'}`,
    );
  }
  return offer.provider === data?.provider && offer.location === data.region
    ? pass(`processing stays in ${where}, where the data lives`)
    : fail(`processing must stay in ${where}, and ${placeName(offer)} is elsewhere`);
}

function judgeZone(offer: Offer, data: DataLocation | undefined, catalog: Catalog): Judgement {
  if (offer.venue === 'edge')
    return unverified(
      `processing must stay in the data zone, and where the site ${offer.location} lies is not stated; residency device or on-premises says that it may run there`,
    );
  if (offer.venue === 'hosted' && scopeOf(offer.sku) === 'global')
    return fail(`processing must stay in the data zone, and ${offer.sku} may process anywhere`);
  const sameRegion = offer.provider === data?.provider && offer.location === data.region;
  const staysInRegion = offer.venue !== 'hosted' || scopeOf(offer.sku) === 'region';
  if (sameRegion && staysInRegion) return pass(`processing stays in ${data.region}, where the data lives`);
  const zone = zoneOf(catalog, data?.region);
  if (zone === null)
    return unverified(
      `processing must stay in the data zone, and the zone of ${data?.region ?? 'the data'} is not known; residency region would say it`,
    );
  const own = zoneOf(catalog, offer.location);
  return own === zone
    ? pass(`processing stays in the ${zone.toUpperCase()} data zone`)
    : fail(
        `processing must stay in the ${zone.toUpperCase()} data zone, and ${offer.location} is ${own === null ? 'in none' : `in the ${own.toUpperCase()} one`}`,
      );
}

function zoneOf(catalog: Catalog, region: string | undefined): string | null {
  return catalog.regions.find(({ name }) => name === region)?.dataZone ?? null;
}

export function scopeOf(sku: string): 'global' | 'zone' | 'region' {
  if (sku.startsWith('Global')) return 'global';
  return sku.startsWith('DataZone') ? 'zone' : 'region';
}
