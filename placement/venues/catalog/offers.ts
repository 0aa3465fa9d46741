import { findQuantisation, machineIn } from '../../../catalog';
import type { OpenModel, PricedMachine, Quantisation } from '../../../catalog';
import { endpointInstances } from '../../../limits/deployment';
import { hoursPerMonth } from '../../needs';
import type { Identity, VenueTraits } from '../../offer';
import { factsOfOpen, hardwareIn, rentedTerms, wattsOf } from '../../pools/pool-offer';
import type { PoolOffer } from '../../pools/pool-offer';
import type { Setting } from '../../setting';

/** A registry model on instances of a managed online endpoint. */
export interface CatalogOffer extends PoolOffer {
  readonly venue: 'catalog';
  readonly provider: 'azure';
  readonly assetId: string;
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
  return (environment.azure?.locations ?? []).flatMap(location =>
    catalog.openModels.flatMap(open => {
      const types = open.azureMl?.instanceTypes ?? (open.azureMl ? ['Standard_NC24ads_A100_v4'] : []);
      const machines = types.flatMap(type => machineIn(catalog, 'azure', type, location) ?? []);
      return machines.map(machine => offer(open, machine, servedAs(open, catalog), setting));
    }),
  );
}

/** A managed endpoint serves what the publisher ships: 16 bits, unless that is a four- or eight-bit format of its own. */
function servedAs(open: OpenModel, catalog: Setting['catalog']): Quantisation | undefined {
  const native = findQuantisation(catalog, open.nativeQuantisation);
  const sixteen = findQuantisation(catalog, 'BF16');
  if (native.found && native.value.bitsPerWeight < 16) return native.value;
  return sixteen.found ? sixteen.value : undefined;
}

function offer(
  open: OpenModel,
  { machine, region, usdPerHour, priceAsOf }: PricedMachine,
  quantisation: Quantisation = { name: 'BF16', bitsPerWeight: 16, format: 'safetensors' },
  setting: Setting,
): CatalogOffer {
  const assetId = open.azureMl?.assetId ?? '';
  const named = {
    venue: 'catalog',
    provider: 'azure',
    model: open.id,
    version: assetId.split('/versions/')[1] ?? 'unknown',
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
      weights: { open, quantisation },
    },
  };
}
