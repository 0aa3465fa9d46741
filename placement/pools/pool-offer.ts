import type { Machine, OpenModel, Quantisation } from '../../catalog';
import type { Workload } from '../../config/environment';
import { hardwareOfMachine, withMeasures } from '../../sizing';
import type { Hardware } from '../../sizing';
import { effortOf, hiddenTokensAt } from '../reasoning';
import type { Ways } from '../commitments';
import type { ModelFacts, Offer } from '../offer';
import type { Setting } from '../setting';
import type { HourPrice, UnitBase } from '../unit';

/** Weights of an open model on machines of one type, which other weights may share. */
export interface PoolOffer extends Offer {
  readonly open: OpenModel;
  readonly quantisation: Quantisation;
  readonly hardware: Hardware;
  readonly terms: PoolTerms;
}

/** What all weights on machines of one type, paid in one way, have in common. */
export interface PoolTerms {
  /** USD a month of one machine, not rounded; null is unknown. */
  readonly usdPerMachine: number | null;
  /** Whether it is rented by the hour; else it is owned, and the environment itself states its cost. */
  readonly rented: boolean;
  /** What it is rented for; null where that is unknown, or nothing. */
  readonly price: HourPrice | null;
  /** How it could be paid. @default - in one way alone */
  readonly ways?: Ways;
  /** Day the price was read, YYYY-MM-DD; null where nothing is priced. */
  readonly priceDate: string | null;
  /** Hours of a month of 730 h in which a machine runs. */
  readonly hours: number;
  /** Machines of one pool at most. Rented ones can be had in as many pools as are needed; owned ones are there once. */
  readonly most: number;
  /** Devices that stand for one here: each serves its own site, and is sized and set up as the others. @default 1 */
  readonly alike?: number;
  /** What machines of several pools have a limit of together. @default - no such limit */
  readonly quota?: {
    readonly id: string;
    readonly most: number;
    /** That one machine takes. */
    readonly each: number;
  };
  /** Weights of the same place may stand beside each other on any of its machines. */
  readonly place: string;
}

/**
 * Terms of machines that a cloud rents out.
 * @param usdPerHour null is unknown @param asOf day it was read @param most of one pool
 * @param commitment that it is the price under. @default - none
 */
export function rentedTerms(
  usdPerHour: number | null,
  asOf: string | null,
  hours: number,
  most: number,
  commitment?: HourPrice['commitment'],
): Pick<PoolTerms, 'usdPerMachine' | 'rented' | 'price' | 'priceDate' | 'hours' | 'most'> {
  return {
    usdPerMachine: usdPerHour === null ? null : usdPerHour * hours,
    rented: true,
    price:
      usdPerHour === null || asOf === null
        ? null
        : { per: 'hour', usd: usdPerHour, asOf, ...(commitment ? { commitment } : {}) },
    priceDate: asOf,
    hours,
    most,
  };
}

/** Hardware of a size of machine, with what the environment measured on it. */
export function hardwareIn({ environment, catalog }: Setting, machine: Machine): Hardware {
  return withMeasures(hardwareOfMachine(catalog, machine), environment.measured ?? [], machine.sku);
}

/** Power limit of the graphics boards of a machine, W; null where it has none, or none is known. */
export function wattsOf({ gpuCount, compute: { boardWatt } }: Hardware): number | null {
  return boardWatt === null ? null : boardWatt * Math.max(1, gpuCount);
}

const factsOf = new WeakMap<OpenModel, ModelFacts>();

/** What rules ask of an open model: one object wherever it is offered, so that what follows from it is found once. */
export function factsOfOpen(open: OpenModel): ModelFacts {
  const { id, kind, publisher, languages, contextTokens } = open;
  const facts = factsOf.get(open) ?? { name: id, kind, publisher, languages, contextTokens };
  factsOf.set(open, facts);
  return facts;
}

/** Tokens that a request typically thinks on open weights, whose index was measured without. */
export function hiddenTokensOn({ open: { reasoning } }: Pick<PoolOffer, 'open'>, workload: Workload): number {
  return hiddenTokensAt(reasoning, effortOf(reasoning, workload));
}

/** So many machines of a size, such as `2 × NC4as_T4_v3`. */
export function machineSize({ sku, count }: Pick<UnitBase, 'sku' | 'count'>): string {
  return `${count} × ${sku.replace('Standard_', '')}`;
}
