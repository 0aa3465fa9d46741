import type { HostedUnit, MachineUnit, ServedModel, Unit } from './decision';
import { billingKey } from './billing';
import type { Choice } from './evaluate';
import { groupBy } from './group-by';
import { switchingOf } from './hours';
import { kindOf } from './needs';
import { acceleratorOf } from './rules/machine-rules';
import { isFeasible, sizeUnit } from './size';
import type { UnitSize } from './size';
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
      const size = sizeUnit(
        members.map(({ workload, evaluation }) => ({ workload, offer: evaluation.offer })),
        setting,
      );
      if (!isFeasible(size))
        throw new Error(`${id} does not carry what was placed on it, which is a fault in the placement`);
      return { unit: toUnit(id, members, size), size, members };
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

function toUnit(id: string, members: readonly Choice[], size: UnitSize): Unit {
  const [first] = members;
  if (!first) throw new Error('a unit without members is asked for, which is a fault in the placement');
  const { offer } = first.evaluation;
  switch (offer.venue) {
    case 'hosted':
      return {
        ...base(id, offer, members, size),
        venue: 'hosted',
        provider: 'azure',
        format: offer.hosted.format,
        api: apiOfHosted(offer),
        capacity: size.capacity,
      };
    case 'catalog':
      return {
        ...base(id, offer, members, size),
        venue: 'catalog',
        provider: 'azure',
        api: apiOf(first),
        assetId: offer.assetId,
      };
    case 'vm':
      return {
        ...base(id, offer, members, size),
        venue: 'vm',
        provider: offer.provider,
        arch: offer.hardware.arch,
        accelerator: acceleratorOf(offer) ?? 'cpu',
        ...paidAs(offer),
        serves: served(members, size),
      };
    case 'edge':
      return {
        ...base(id, offer, members, size),
        venue: 'edge',
        provider: 'own',
        device: offer.device,
        arch: offer.hardware.arch,
        accelerator: acceleratorOf(offer) ?? 'cpu',
        serves: served(members, size),
      };
  }
}

function base(id: string, offer: Offer, members: readonly Choice[], size: UnitSize) {
  const offers = members.map(({ evaluation }) => evaluation.offer);
  return {
    id,
    model: distinct(offers.map(({ model }) => model)).join(' + '),
    version: distinct(offers.map(({ version }) => version)).join(' + '),
    sku: offer.sku,
    count: size.count,
    location: offer.location,
    monthlyUsd: size.monthlyUsd ?? 0,
    priceDate: size.priceDate,
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

function apiOf({ workload }: Choice): 'chat' | 'embeddings' {
  return kindOf(workload) === 'embedding' ? 'embeddings' : 'chat';
}

/** Each distinct file once, at the context and number of sequences it was sized for. */
function served(members: readonly Choice[], size: UnitSize): ServedModel[] {
  return (size.pool?.models ?? []).flatMap(({ model, quantisation, contextTokens, parallel }) => {
    const member = members.find(({ evaluation: { offer } }) => isOf(offer, model.id, quantisation.name));
    const offer = member?.evaluation.offer;
    if (!member || !offer || !('weights' in offer)) return [];
    const api = apiOf(member);
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

/** Whether an offer is one of a unit's: the same model, SKU, place and billing, whichever of several pools it is. */
export function isOfUnit(offer: Offer, unit: Unit): boolean {
  const id = unitIdOf(offer);
  if (unit.id === id) return true;
  if (unit.venue !== offer.venue || unit.sku !== offer.sku || !unit.id.startsWith(`${id}-`)) return false;
  if (unit.venue === 'vm' && offer.venue === 'vm')
    return (unit.billing ?? 'on-demand') === offer.billing.kind;
  return unit.venue === 'catalog';
}
