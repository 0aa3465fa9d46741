import type { HostedUnit, MachineUnit, ServedModel, Unit } from '../decision';
import { billingKey } from './billing';
import type { Choice } from './choose-offers';
import { groupBy } from './group-by';
import { switchingOf } from './hours';
import { kindOf } from './needs';
import { acceleratorOf } from './rules/machine-rules';
import { sizeUnit } from './size';
import type { UnitSize } from './size';
import type { CatalogOffer, DeviceOffer, HostedOffer, MachineOffer, Offer, Setting } from './types';
import { unitKeyOf } from './types';

/** A unit with the workloads that it serves and how it was sized. */
export interface SizedUnit {
  readonly unit: Unit;
  readonly size: UnitSize;
  /** In the order of the workloads' names. */
  readonly members: readonly Choice[];
}

/** One unit for all choices with the same key, in the order of their ids. */
export function unitsOf(choices: readonly Choice[], setting: Setting): SizedUnit[] {
  const ordered = choices.toSorted((a, b) => (a.workload.name < b.workload.name ? -1 : 1));
  return [...groupBy(ordered, ({ evaluation }) => unitKeyOf(evaluation.offer)).values()]
    .map(members => {
      const size = sizeUnit(
        members.map(({ workload, evaluation }) => ({ workload, offer: evaluation.offer })),
        setting,
      );
      return { unit: toUnit(members, size), size, members };
    })
    .toSorted((a, b) => (a.unit.id < b.unit.id ? -1 : 1));
}

function toUnit(members: readonly Choice[], size: UnitSize): Unit {
  const [first] = members;
  if (!first) throw new Error('a unit without members is asked for, which is a fault in the placement');
  const { offer } = first.evaluation;
  switch (offer.venue) {
    case 'hosted':
      return {
        ...base(offer, members, size),
        venue: 'hosted',
        provider: 'azure',
        format: offer.hosted.format,
        api: apiOfHosted(offer),
        capacity: size.capacity,
      };
    case 'catalog':
      return {
        ...base(offer, members, size),
        venue: 'catalog',
        provider: 'azure',
        api: apiOf(first),
        assetId: offer.assetId,
      };
    case 'vm':
      return {
        ...base(offer, members, size),
        venue: 'vm',
        provider: offer.provider,
        arch: offer.hardware.arch,
        accelerator: acceleratorOf(offer) ?? 'cpu',
        ...paidAs(offer),
        serves: served(members, size),
      };
    case 'edge':
      return {
        ...base(offer, members, size),
        venue: 'edge',
        provider: 'own',
        device: offer.device,
        arch: offer.hardware.arch,
        accelerator: acceleratorOf(offer) ?? 'cpu',
        serves: served(members, size),
      };
  }
}

function base(offer: Offer, members: readonly Choice[], size: UnitSize) {
  const offers = members.map(({ evaluation }) => evaluation.offer);
  return {
    id: unitIdOf(offer),
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
 * Id of the unit that an offer belongs to. It names what cannot change in place, so that another size or model is
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
