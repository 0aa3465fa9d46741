import type { Catalog } from '../../catalog';
import { networkLocation } from '../../limits/network';
import { dataLocationOf, servesSite } from '../needs';
import type { DataLocation } from '../needs';
import type { OfferClass } from '../offer';
import type { RequirementRule } from '../setting';
import { fail, pass, unverified } from '../verdict';
import type { Judgement } from '../verdict';
import { venueRequirements } from './venue-requirements';

/** Where prompts may go, who else is there, and who runs the place. */
export const placeRules: readonly RequirementRule[] = [
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
          return venueRequirements.ownNetwork.isMet(offer.place)
            ? pass(`${offer.place.name} is in our own network`)
            : fail(
                `own-network is asked for, and ${offer.place.name} is a service outside it, also behind a private endpoint`,
              );
        case 'on-premises':
          return venueRequirements.ownPremises.isMet(offer.place)
            ? pass(`${offer.place.name} is ours, on our premises`)
            : fail(`on-premises is asked for, and ${offer.place.name} is in a cloud`);
        case 'device':
          return venueRequirements.ownPremises.isMet(offer.place) && servesSite(workload, offer.location)
            ? pass(`${offer.place.name} stands at ${workload.sites ? 'its site' : offer.location}`)
            : fail(
                `a device at ${workload.site ?? 'its sites'} is asked for, and ${offer.place.name} is not one`,
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
        ? pass(`its data and callers are in ${data.provider}, as ${offer.place.name} is`)
        : fail(
            `its data and callers are in ${data.provider}, and ${offer.place.name} is behind private endpoints in ${offer.provider}`,
          );
    },
  },
  {
    id: 'network',
    why: 'machines on Azure stand in the virtual network of the environment, which is where its platform is: no region has a network of its own',
    judge: (offer, _workload, { environment: { azure } }) => {
      if (offer.provider !== 'azure' || offer.place.network !== 'own' || !azure) return undefined;
      const home = networkLocation(azure);
      return offer.location === home
        ? undefined
        : fail(
            `machines on Azure stand in the virtual network, which is in ${home}, where the platform is, and this is ${offer.location}`,
          );
    },
  },
  {
    id: 'connectivity',
    why: 'what must work without a connection runs beside its callers; what has none is reached by nobody else',
    judge: (offer, { connectivity }) => {
      if (connectivity === 'offline') {
        return venueRequirements.connectivity.isMet(offer.place)
          ? pass(`${offer.place.name} serves callers on the site without a connection`)
          : fail(`it must work offline, and ${offer.place.name} needs a connection`);
      }
      if (offer.place.connected) return undefined;
      return fail(
        `${offer.place.name} is disconnected, and serves only workloads whose connectivity is offline`,
      );
    },
  },
  {
    id: 'site',
    why: 'an owned device serves only workloads that name its site',
    judge: (offer, workload) => {
      const { device } = offer.place;
      const { site, sites } = workload;
      if (device === null) return undefined;
      if (servesSite(workload, offer.location))
        return pass(
          site === undefined
            ? `it names the site of ${offer.place.name}`
            : `it names the site ${site} of ${device}`,
        );
      const others = sites === undefined ? 'it names no site' : 'it names others';
      const named = site === undefined ? others : `it names the site ${site}`;
      return fail(`${device} serves only workloads of the site ${offer.location}, and ${named}`);
    },
  },
  {
    id: 'tenancy',
    why: 'a service that many customers share is no dedicated compute, also with provisioned throughput',
    judge: (offer, workload) => {
      if (venueRequirements.tenancy.asked(workload) === undefined) return undefined;
      return venueRequirements.tenancy.isMet(offer.place)
        ? pass(`${offer.place.name} serves no other customer`)
        : fail(
            'dedicated compute is asked for, and a hosted model is a service for many customers, also with provisioned throughput',
          );
    },
  },
  {
    id: 'operations',
    why: 'on a machine of ours, the operating system is ours to patch',
    judge: (offer, workload) => {
      if (venueRequirements.operations.asked(workload) === undefined) return undefined;
      return venueRequirements.operations.isMet(offer.place)
        ? pass(`the operating system of ${offer.place.name} is the provider's to patch`)
        : fail(
            `provider-managed is asked for, and the operating system of ${offer.place.name} is ours to patch`,
          );
    },
  },
  {
    id: 'pin',
    why: 'the environment chose itself',
    judge: (offer, { pin }) => {
      if (!pin) return undefined;
      // A pin names what the catalogue knows, which of a tuned model is its base.
      const named = { ...offer, ...offer.tuned?.base };
      const differ = (['venue', 'model', 'version', 'sku'] as const).filter(
        key => pin[key] !== undefined && pin[key] !== named[key],
      );
      if (differ.length === 0) return pass('it is pinned here');
      return fail(
        `it is pinned to ${differ.map(key => `${key} ${pin[key]}`).join(', ')}, and this is ${differ.map(key => named[key] ?? 'another size').join(', ')}`,
      );
    },
  },
];

function judgeRegion(offer: OfferClass, data: DataLocation | undefined): Judgement {
  const where = data ? `${data.provider} ${data.region}` : 'its region';
  const { processing } = offer.place;
  if (processing === 'site')
    return unverified(
      `processing must stay in ${where}, and where the site ${offer.location} lies is not stated; residency device or on-premises says that it may run there`,
    );
  if (processing !== 'region') {
    return fail(
      `processing must stay in ${where}, and ${offer.sku ?? offer.place.name} may process ${processing === 'anywhere' ? processing : 'anywhere in its data zone'}`,
    );
  }
  return offer.provider === data?.provider && offer.location === data.region
    ? pass(`processing stays in ${where}, where the data lives`)
    : fail(`processing must stay in ${where}, and ${offer.place.name} is elsewhere`);
}

function judgeZone(offer: OfferClass, data: DataLocation | undefined, catalog: Catalog): Judgement {
  const { processing } = offer.place;
  if (processing === 'site')
    return unverified(
      `processing must stay in the data zone, and where the site ${offer.location} lies is not stated; residency device or on-premises says that it may run there`,
    );
  if (processing === 'anywhere')
    return fail(
      `processing must stay in the data zone, and ${offer.sku ?? offer.place.name} may process anywhere`,
    );
  const sameRegion = offer.provider === data?.provider && offer.location === data.region;
  if (sameRegion && processing === 'region')
    return pass(`processing stays in ${data.region}, where the data lives`);
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

/** The data zone of Azure that holds a region; null where none that is known does. */
export function zoneOf(catalog: Catalog, region: string | undefined): string | null {
  return catalog.regions.find(({ name }) => name === region)?.dataZone ?? null;
}
