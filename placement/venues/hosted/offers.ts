import { contextTokensOf, isBatchSku, isProvisionedSku, scopeOf } from '../../../catalog';
import type { Catalog, DeploymentSku, HostedModel } from '../../../catalog';
import type { Environment, TunedModel } from '../../../config/environment';
import { hoursPerMonth } from '../../needs';
import type { Identity, Offer, VenueTraits } from '../../offer';
import type { Setting } from '../../setting';
import { tunedModelOf } from '../../tuning';

/** A model version as a deployment of one SKU on the Foundry account of one location. */
export interface HostedOffer extends Offer {
  readonly venue: 'hosted';
  readonly provider: 'azure';
  readonly sku: DeploymentSku;
  readonly hosted: HostedModel;
}

/** One deployment serves all workloads on it. */
export function identityOf(
  { model: name, version }: Pick<Offer, 'model' | 'version'>,
  sku: string,
  location: string,
): Identity {
  return {
    unitKey: `hosted/${name}/${version}/${sku}/${location}`,
    device: '',
    billing: '',
  };
}

/** A service for many customers, with every kind of model. */
export const traits: VenueTraits = {
  operatedBy: 'provider',
  tenancy: 'shared',
  network: 'service',
  premises: 'cloud',
  worksOffline: false,
  needsSite: false,
  tuning: 'service',
  stage: 'GA',
  serves: ['chat', 'embedding', 'image'],
};

const skus: readonly DeploymentSku[] = [
  'GlobalStandard',
  'DataZoneStandard',
  'Standard',
  'GlobalProvisionedManaged',
  'DataZoneProvisionedManaged',
  'ProvisionedManaged',
];
/** Offered only where a workload may wait: to any other they would be judged for nothing. */
const batchSkus: readonly DeploymentSku[] = ['GlobalBatch', 'DataZoneBatch'];

/**
 * Every model version in every deployment SKU that a location of the environment sells. A version that none sells is
 * offered once all the same, so that the explanation says why it is not taken.
 */
export function hostedOffers({ environment, catalog }: Setting): HostedOffer[] {
  const locations = environment.azure?.locations ?? [];
  const deferrable = environment.workloads.some(({ traffic }) => traffic.deferrable);
  const offered = deferrable ? [...skus, ...batchSkus] : skus;
  const published = catalog.hostedModels.flatMap(hosted => {
    const sold = locations.flatMap(location =>
      offered
        .filter(sku => hosted.regions?.[sku]?.includes(location))
        .map(sku => offer(hosted, sku, location)),
    );
    return sold.length > 0
      ? sold
      : locations.slice(0, 1).map(location => offer(hosted, 'GlobalStandard', location));
  });
  return [...published, ...tunedOffers(environment, catalog)];
}

/** SKUs under which Azure deploys tuned models, as far as that is published for every region that tunes. */
const tunedSkus = ['GlobalStandard', 'Standard'] as const;

/** The tuned models of workloads, where they were trained. */
function tunedOffers({ workloads, azure }: Environment, catalog: Catalog): HostedOffer[] {
  const models = new Map(
    workloads.flatMap(workload => {
      const tuned = tunedModelOf(workload);
      return tuned ? [[`${tuned.location}/${tuned.model}`, tuned] as const] : [];
    }),
  );
  return [...models.values()].flatMap(tuned => {
    const { base, location } = tuned;
    const hosted = catalog.hostedModels.find(
      ({ name, version }) => name === base.model && version === base.version,
    );
    if (!hosted || !azure?.locations.includes(location)) return [];
    return tunedSkus
      .filter(sku => hosted.regions?.[sku]?.includes(location))
      .map(sku => offer(hosted, sku, location, tuned));
  });
}

/** How prompts may travel, by the scope of a SKU. */
const processing = { global: 'anywhere', zone: 'data-zone', region: 'region' } as const;

/** Azure gives each tuned model this version. */
const tunedVersion = '1';

/** @param tuned where it is not the model itself, but one that was tuned from it */
function offer(hosted: HostedModel, sku: DeploymentSku, location: string, tuned?: TunedModel): HostedOffer {
  const model = tuned?.model ?? hosted.name;
  const version = tuned ? tunedVersion : hosted.version;
  const named = { venue: 'hosted', provider: 'azure', model, version } as const;
  const { name, kind, publisher, languages } = hosted;
  const lineage = tuned ? { tuned } : {};
  return {
    ...named,
    sku,
    location,
    hosted,
    identity: identityOf(named, sku, location),
    draw: { watts: null, hours: hoursPerMonth },
    class: {
      ...named,
      sku,
      location,
      place: {
        ...traits,
        name: `the ${sku} deployment in ${location}`,
        processing: processing[scopeOf(sku)],
        connected: true,
        device: null,
      },
      facts: { name, kind, publisher, languages, contextTokens: contextLimit(hosted, sku) },
      hosted,
      ...lineage,
    },
  };
}

function contextLimit(hosted: HostedModel, sku: DeploymentSku): number | null {
  const limits = hosted.requestLimitTokens;
  const standard = !isProvisionedSku(sku) && !isBatchSku(sku);
  const limit = standard ? limits?.standard : limits?.provisionedOrBatch;
  const context = contextTokensOf(hosted);
  return context === null ? null : Math.min(context, limit ?? context);
}
