import type { HostedUnit, MachineUnit, ServedModel, Unit } from './decision';
import { billingKey } from './billing';
import type { Choice } from './evaluate';
import { groupBy } from './group-by';
import { switchingOf } from './hours';
import { kindOf } from './needs';
import { acceleratorOf } from './rules/machine-rules';
import { isFeasible, sizeUnit } from './size';
import type { Guest, UnitSize } from './size';
import type { CatalogOffer, DeviceOffer, HostedOffer, MachineOffer, Offer, Setting } from './types';

/** A unit with the workloads that it serves and how it was sized. */
export interface SizedUnit {
  readonly unit: Unit;
  readonly size: UnitSize;
  /** In the order of the workloads' names. */
  readonly members: readonly Choice[];
}

/** One unit for each list of choices that share one, in the order of their ids. */
export function unitsOf(pools: readonly (readonly Choice[])[], setting: Setting): SizedUnit[] {
  const ordered = pools.map(pool => pool.toSorted((a, b) => (a.workload.name < b.workload.name ? -1 : 1)));
  return [...groupBy(ordered, baseIdOf).values()]
    .flatMap(alike => withIds(alike))
    .map(({ id, members }) => {
      const guests = members.map(({ workload, evaluation: { offer } }): Guest => ({ workload, offer }));
      const size = sizeUnit(guests, setting);
      if (!isFeasible(size))
        throw new Error(`${id} does not carry what was placed on it, which is a fault in the placement`);
      return { unit: unitOf(id, guests, size), size, members };
    })
    .toSorted((a, b) => (a.unit.id < b.unit.id ? -1 : 1));
}

function baseIdOf([first]: readonly Choice[]): string {
  if (!first) throw new Error('a unit without members is asked for, which is a fault in the placement');
  return unitIdOf(first.evaluation.offer);
}

/**
 * Separate pools of one SKU are told apart by the first workload that each serves, so that a pool that comes or goes
 * renames no other; only the first of them has the bare id.
 */
function withIds(alike: readonly (readonly Choice[])[]) {
  const firstOf = ([first]: readonly Choice[]): string => first?.workload.name ?? '';
  return alike
    .toSorted((a, b) => (firstOf(a) < firstOf(b) ? -1 : 1))
    .map((members, i) => {
      const id = baseIdOf(members);
      return { id: i === 0 ? id : `${id}-${slug(firstOf(members))}`, members };
    });
}

/**
 * The unit that serves these guests at this size. Everything in it comes from the offer and the size, except the id.
 * @param guests in the order of the workloads' names; their offers have the same unit key
 */
export function unitOf(id: string, guests: readonly Guest[], size: UnitSize): Unit {
  const [first] = guests;
  if (!first) throw new Error('a unit without guests is asked for, which is a fault in the placement');
  const { offer } = first;
  switch (offer.venue) {
    case 'hosted':
      return {
        ...base(id, offer, guests, size),
        venue: 'hosted',
        provider: 'azure',
        format: offer.hosted.format,
        api: apiOfHosted(offer),
        capacity: size.capacity,
      };
    case 'catalog':
      return {
        ...base(id, offer, guests, size),
        venue: 'catalog',
        provider: 'azure',
        api: apiOf(first),
        assetId: offer.assetId,
      };
    case 'vm':
      return {
        ...base(id, offer, guests, size),
        venue: 'vm',
        provider: offer.provider,
        arch: offer.hardware.arch,
        accelerator: acceleratorOf(offer) ?? 'cpu',
        ...paidAs(offer),
        serves: served(guests, size),
      };
    case 'edge':
      return {
        ...base(id, offer, guests, size),
        venue: 'edge',
        provider: 'own',
        device: offer.device,
        arch: offer.hardware.arch,
        accelerator: acceleratorOf(offer) ?? 'cpu',
        serves: served(guests, size),
      };
  }
}

function base(id: string, offer: Offer, guests: readonly Guest[], size: UnitSize) {
  const offers = guests.map(guest => guest.offer);
  return {
    id,
    model: distinct(offers.map(({ model }) => model)).join(' + '),
    version: distinct(offers.map(({ version }) => version)).join(' + '),
    sku: offer.sku,
    count: size.count,
    location: offer.location,
    monthlyUsd: size.monthlyUsd ?? 0,
    priceDate: size.priceDate,
    prices: size.prices,
  };
}

/**
 * Id of the unit that an offer belongs to, where it is the only one of its kind. It names what cannot change in place, so that another size or model is
 * another unit, made before the old one goes.
 */
export function unitIdOf(offer: Offer): string {
  switch (offer.venue) {
    case 'hosted':
      return slug(`${offer.model}-${offer.version}-${offer.sku}-${offer.location}`);
    case 'catalog':
      return slug(`${offer.model}-${offer.sku}-${offer.location}`);
    case 'vm':
      return slug(`${offer.provider}-${offer.sku}-${offer.location}-${billingKey(offer.billing)}`);
    case 'edge':
      return slug(`edge-${offer.device}`);
  }
}

/** Nothing for a machine that is always on. */
function paidAs({ billing }: MachineOffer): Pick<MachineUnit, 'billing' | 'schedule'> {
  if (billing.kind === 'on-demand') return {};
  return billing.kind === 'spot'
    ? { billing: 'spot' }
    : { billing: 'scheduled', schedule: switchingOf(billing.hours) };
}

function slug(text: string): string {
  return text
    .toLowerCase()
    .replace('standard_', '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

function apiOfHosted({ hosted, sku }: HostedOffer): HostedUnit['api'] {
  if (sku.endsWith('Batch')) return 'batch';
  if (hosted.kind === 'image') return 'images';
  return hosted.kind === 'embedding' ? 'embeddings' : 'chat';
}

function apiOf({ workload }: Guest): 'chat' | 'embeddings' {
  return kindOf(workload) === 'embedding' ? 'embeddings' : 'chat';
}

/** Each distinct file once, at the context and number of sequences it was sized for. */
function served(guests: readonly Guest[], size: UnitSize): ServedModel[] {
  return (size.pool?.models ?? []).flatMap(({ model, quantisation, contextTokens, parallel }) => {
    const guest = guests.find(each => isOf(each.offer, model.id, quantisation.name));
    if (!guest || !('weights' in guest.offer)) return [];
    const { offer } = guest;
    const api = apiOf(guest);
    return [
      { model: offer.model, version: offer.version, api, weights: offer.weights, contextTokens, parallel },
    ];
  });
}

function isOf(
  offer: Offer,
  model: string,
  quantisation: string,
): offer is CatalogOffer | MachineOffer | DeviceOffer {
  return offer.venue !== 'hosted' && offer.model === model && offer.quantisation.name === quantisation;
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)];
}

/** Whether a unit of the offer may have the id: the bare one, or the one of a further pool. */
export function fitsId(offer: Offer, id: string): boolean {
  const bare = unitIdOf(offer);
  return id === bare || id.startsWith(`${bare}-`);
}
