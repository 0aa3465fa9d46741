import { findQuantisation, machineIn } from '../../../catalog';
import type { OpenModel, PricedMachine, Quantisation } from '../../../catalog';
import { parseAsset } from '../../../limits/asset';
import { endpointInstances } from '../../../limits/deployment';
import { acceptsEstimates } from '../../evidence';
import { hoursPerMonth } from '../../needs';
import type { Identity, VenueTraits } from '../../offer';
import { factsOfOpen, hardwareIn, rentedTerms, wattsOf } from '../../pools/pool-offer';
import type { PoolOffer } from '../../pools/pool-offer';
import type { Setting } from '../../setting';
import { registryModelOf } from './registry';
import type { RegistryModel } from './registry';

/** A registry model on instances of a managed online endpoint. */
export interface CatalogOffer extends PoolOffer {
  readonly venue: 'catalog';
  readonly provider: 'azure';
  readonly assetId: string;
  /** What its container speaks. */
  readonly speaks: RegistryModel['speaks'];
}

/** A managed endpoint serves one model alone. */
function identityOf(model: string, sku: string, location: string): Identity {
  return {
    unitKey: `catalog/${model}/${sku}/${location}`,
    device: '',
    billing: '',
  };
}

/** Instances of ours, whose operating system the provider patches, with what the publisher put into the registry. */
export const traits: VenueTraits = {
  operatedBy: 'provider',
  tenancy: 'dedicated',
  network: 'service',
  premises: 'cloud',
  worksOffline: false,
  needsSite: false,
  tuning: 'none',
  stage: 'GA',
  serves: ['chat', 'embedding'],
};

/**
 * Every registry model on every allowed instance type that a location of the environment prices. A model whose list is
 * unknown is offered once all the same, so that the explanation says why it is not taken.
 */
export function catalogOffers(setting: Setting): CatalogOffer[] {
  const { environment, catalog } = setting;
  const guesses = environment.workloads.some(each => acceptsEstimates('instanceTypes', each, environment));
  return (environment.azure?.locations ?? []).flatMap(location =>
    catalog.openModels.flatMap(open => {
      const quantisation = servedAs(open, catalog);
      const registry = registryModelOf(open, quantisation, catalog);
      if (!registry) return [];
      const types = typesOf(registry, guesses);
      const machines = types.flatMap(type => machineIn(catalog, 'azure', type, location) ?? []);
      return machines.map(machine => offer(open, machine, quantisation, registry, setting));
    }),
  );
}

/** Where nobody accepts an estimate, or nothing is known, one type stands for all: the others would be judged for nothing. */
function typesOf({ instances }: RegistryModel, guesses: boolean): readonly string[] {
  if (instances.evidence === 'unknown') return ['Standard_NC24ads_A100_v4'];
  return instances.evidence === 'estimated' && !guesses ? instances.value.slice(0, 1) : instances.value;
}

/** A managed endpoint serves what the publisher ships: 16 bits, unless that is a four- or eight-bit format of its own. */
function servedAs(open: OpenModel, catalog: Setting['catalog']): Quantisation {
  const native = findQuantisation(catalog, open.nativeQuantisation);
  const sixteen = findQuantisation(catalog, 'BF16');
  if (native.found && native.value.bitsPerWeight < 16) return native.value;
  return sixteen.found ? sixteen.value : { name: 'BF16', bitsPerWeight: 16, format: 'safetensors' };
}

function offer(
  open: OpenModel,
  { machine, region, usdPerHour, priceAsOf }: PricedMachine,
  quantisation: Quantisation,
  registry: RegistryModel,
  setting: Setting,
): CatalogOffer {
  const { assetId, speaks } = registry;
  const named = {
    venue: 'catalog',
    provider: 'azure',
    model: open.id,
    version: parseAsset(assetId)?.version ?? 'unknown',
    sku: machine.sku,
    location: region,
  } as const;
  const hardware = hardwareIn(setting, machine);
  return {
    ...named,
    open,
    quantisation,
    hardware,
    assetId,
    speaks,
    identity: identityOf(open.id, machine.sku, region),
    draw: { watts: wattsOf(hardware), hours: hoursPerMonth },
    terms: {
      ...rentedTerms(usdPerHour, priceAsOf, hoursPerMonth, endpointInstances),
      place: `catalog/${region}/${open.id}`,
    },
    class: {
      ...named,
      place: {
        ...traits,
        name: `the managed endpoint in ${region}`,
        processing: 'region',
        connected: true,
        device: null,
      },
      facts: factsOfOpen(open),
      weights: { open, quantisation, registry },
    },
  };
}
