import { machinesOf } from '../../../catalog';
import type { Machine, PricedMachine } from '../../../catalog';
import type { Environment } from '../../../config/environment';
import { gpuProblemOf, hostLimits } from '../../../limits/host';
import type { Hardware } from '../../../sizing';
import { billingKey, hoursKey, paidHoursOf } from '../../billing';
import type { Billing } from '../../billing';
import { cheapestWay } from '../../commitments';
import type { EngineNeed, Identity, OfferClass, Place, VenueTraits } from '../../offer';
import { loadableWeights } from '../../pools/loadable-weights';
import type { LoadableWeights } from '../../pools/loadable-weights';
import { factsOfOpen, hardwareIn, rentedTerms, wattsOf } from '../../pools/pool-offer';
import type { PoolTerms } from '../../pools/pool-offer';
import { engineBuildFor } from '../../pools/served-models';
import type { FileOffer } from '../../pools/served-models';
import type { Setting } from '../../setting';

/** Weights on virtual machines of Azure or AWS. */
export interface MachineOffer extends FileOffer {
  readonly venue: 'vm';
  readonly provider: 'azure' | 'aws';
  readonly machine: PricedMachine;
  readonly billing: Billing;
}

/** Machines of one size, place and way of paying may be one pool, whatever weights they load. */
function identityOf(provider: 'azure' | 'aws', sku: string, location: string, paid: Billing): Identity {
  const billing = billingKey(paid);
  return {
    unitKey: `vm/${provider}/${sku}/${location}/${billing}`,
    device: '',
    billing,
  };
}

/** Machines of ours in our own network, with files of ours. */
export const traits: VenueTraits = {
  operatedBy: 'us',
  tenancy: 'dedicated',
  network: 'own',
  premises: 'cloud',
  worksOffline: false,
  needsSite: false,
  tuning: 'files',
  stage: 'GA',
  serves: ['chat', 'embedding'],
};

/** All weights on every machine that a region of the environment sells, in every way of paying that may be used. */
export function machineOffers(setting: Setting): MachineOffer[] {
  const { environment, catalog } = setting;
  const places = [
    ...(environment.azure?.locations ?? []).map(region => ({ provider: 'azure' as const, region })),
    ...(environment.aws ? [{ provider: 'aws' as const, region: environment.aws.region }] : []),
  ];
  const weights = loadableWeights(setting);
  // One object in all regions, so that what is reckoned of it is reckoned once.
  const hardwares = new Map(
    catalog.machines.map(machine => [machine, hardwareIn(setting, machine)] as const),
  );
  return places.flatMap(({ provider, region }) => {
    const sold = machinesOf(catalog, provider, region);
    const classes = new Classes({ provider, region, pricesFrom: sold[0]?.priceFrom }, weights, environment);
    return sold.flatMap(machine => {
      const hardware = hardwares.get(machine.machine) ?? hardwareIn(setting, machine.machine);
      return billings(machine, environment).flatMap(billing =>
        classes.offersOn({ machine, hardware, billing }),
      );
    });
  });
}

/** A machine, and how it is paid. */
interface Rented {
  readonly machine: PricedMachine;
  readonly hardware: Hardware;
  readonly billing: Billing;
}

interface Region {
  readonly provider: 'azure' | 'aws';
  readonly region: string;
  /** What prices there are estimated from. @default - they are listed, or unknown */
  readonly pricesFrom: string | undefined;
}

/** The classes of one region. Machines of one kind of engine and way of paying differ in size and price alone. */
class Classes {
  private readonly known = new Map<string, readonly OfferClass[]>();
  private readonly place: Place;
  private readonly provider: Region['provider'];
  private readonly region: string;

  constructor(
    { provider, region, pricesFrom }: Region,
    private readonly weights: readonly LoadableWeights[],
    private readonly environment: Environment,
  ) {
    this.provider = provider;
    this.region = region;
    this.place = {
      ...traits,
      name: `the ${provider} machine in ${region}`,
      processing: 'region',
      connected: true,
      device: null,
      ...(pricesFrom === undefined ? {} : { pricesFrom }),
    };
  }

  /** All weights on one machine. */
  offersOn(rented: Rented): MachineOffer[] {
    const { provider, region } = this;
    const { machine, hardware, billing } = rented;
    const { sku } = machine.machine;
    const identity: Identity = identityOf(provider, sku, region, billing);
    const terms = this.termsOf(rented);
    const draw = { watts: wattsOf(hardware), hours: terms.hours };
    const classes = this.classesFor(rented);
    const build = engineBuildFor(engineOn(hardware, machine.machine), this.environment);
    return this.weights.map(({ artifact, ...loaded }, i): MachineOffer => ({
      venue: 'vm',
      provider,
      sku,
      location: region,
      weights: artifact,
      build,
      hardware,
      machine,
      billing,
      identity,
      terms,
      draw,
      class: classes[i] as OfferClass,
      ...loaded,
    }));
  }

  private termsOf({ machine, hardware, billing }: Rented): PoolTerms {
    const { usdPerHour, spotUsdPerHour, committedUsdPerHour = {}, priceAsOf } = machine;
    // Only what always runs is worth a commitment: other machines would be paid for hours in which they are off.
    const ways = billing.kind === 'on-demand' && {
      onDemandUsd: usdPerHour,
      committed: committedUsdPerHour,
      made: this.environment.commitments ?? [],
    };
    const paid = ways ? cheapestWay(ways) : { usd: billing.kind === 'spot' ? spotUsdPerHour : usdPerHour };
    return {
      ...rentedTerms(paid.usd, priceAsOf, paidHoursOf(billing), hostLimits.machines, paid.commitment),
      ...(ways ? { ways } : {}),
      place: `vm/${this.provider}/${this.region}/${hardware.arch}/${hardware.kind}/${billingKey(billing)}`,
    };
  }

  /** One class for each of the weights, in their order. */
  private classesFor({ machine, hardware, billing }: Rented): readonly OfferClass[] {
    const engine = engineOn(hardware, machine.machine);
    const key = JSON.stringify([engine, billingKey(billing)]);
    const known = this.known.get(key) ?? this.weights.map(each => this.classOf(each, engine, billing));
    this.known.set(key, known);
    return known;
  }

  private classOf(
    { artifact, model, version, open, quantisation }: LoadableWeights,
    engine: EngineNeed,
    billing: Billing,
  ): OfferClass {
    return {
      venue: 'vm',
      provider: this.provider,
      model,
      version,
      location: this.region,
      // A size of machine, of which a class has many.
      sku: null,
      place: this.place,
      facts: factsOfOpen(open),
      weights: { open, quantisation, file: artifact, engine },
      billing,
    };
  }
}

function engineOn({ arch, kind, name }: Hardware, { gpu, sku }: Machine): EngineNeed {
  if (kind === 'cpu') return { arch, accelerator: 'cpu' };
  const problem = gpu?.runtime === 'cuda' ? gpuProblemOf(sku) : 'has another accelerator';
  return { arch, accelerator: problem === undefined ? 'cuda' : { unsupported: `${name} ${problem}` } };
}

/**
 * Always on; in the hours of any workload, because one may fit into those of another; spot where a workload allows it and
 * the price is known. Others could never win, and would only be judged for nothing.
 */
function billings({ spotUsdPerHour }: PricedMachine, { workloads }: Environment): Billing[] {
  const hours = workloads.flatMap(({ traffic: { activeHours } }) => activeHours ?? []);
  const distinct = [...new Map(hours.map(each => [hoursKey(each), each])).entries()];
  const scheduled = distinct
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, each]): Billing => ({ kind: 'scheduled', hours: each }));
  const spot = spotUsdPerHour !== null && workloads.some(({ interruptible }) => interruptible);
  return [{ kind: 'on-demand' }, ...scheduled, ...(spot ? [{ kind: 'spot' } as const] : [])];
}
