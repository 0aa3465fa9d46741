import { findQuantisation, machineIn } from '../../catalog';
import type { OpenModel, PricedMachine, Quantisation } from '../../catalog';
import { hardwareOfMachine } from '../../sizing';
import type { CatalogOffer, Setting } from '../types';

/**
 * Every registry model on every allowed instance type that a location of the environment prices. A model whose list is
 * unknown is offered once all the same, so that the explanation says why it is not taken.
 */
export function catalogOffers({ environment, catalog }: Setting): CatalogOffer[] {
  return (environment.azure?.locations ?? []).flatMap(location =>
    catalog.openModels.flatMap(open => {
      const types = open.azureMl?.instanceTypes ?? (open.azureMl ? ['Standard_NC24ads_A100_v4'] : []);
      const machines = types.flatMap(type => machineIn(catalog, 'azure', type, location) ?? []);
      return machines.map(machine => offer(open, machine, servedAs(open, catalog), catalog));
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
  machine: PricedMachine,
  quantisation: Quantisation | undefined,
  catalog: Setting['catalog'],
): CatalogOffer {
  const assetId = open.azureMl?.assetId ?? '';
  return {
    venue: 'catalog',
    provider: 'azure',
    model: open.id,
    version: assetId.split('/versions/')[1] ?? 'unknown',
    sku: machine.machine.sku,
    location: machine.region,
    open,
    quantisation: quantisation ?? { name: 'BF16', bitsPerWeight: 16, format: 'safetensors' },
    hardware: hardwareOfMachine(catalog, machine.machine),
    assetId,
    machine,
  };
}
