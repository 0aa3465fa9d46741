import { billingKey } from './billing';
import type { Billing } from './billing';
import type { Catalog, DeploymentSku, HostedModel, OpenModel, PricedMachine, Quantisation } from '../catalog';
import type { Provider, Reason, Venue, WeightsArtifact } from './decision';
import type { Device, Environment, Workload } from '../config/environment';
import type { Hardware } from '../sizing';

/** What a decision is made from, besides the workload. */
export interface Setting {
  readonly environment: Environment;
  readonly catalog: Catalog;
  /** Day the decision is made for, YYYY-MM-DD. */
  readonly asOf: string;
}

interface OfferBase {
  readonly venue: Venue;
  readonly provider: Provider;
  /** Name that callers use, and that an alternative is listed under. */
  readonly model: string;
  readonly version: string;
  /** Deployment SKU, instance type, machine size or device hardware. */
  readonly sku: string;
  /** Azure or AWS region, or the device's site. */
  readonly location: string;
}

/** A model version as a deployment of one SKU on the Foundry account of one location. */
export interface HostedOffer extends OfferBase {
  readonly venue: 'hosted';
  readonly provider: 'azure';
  readonly sku: DeploymentSku;
  readonly hosted: HostedModel;
}

/** Weights of an open model, as a machine loads them. */
interface OpenOffer extends OfferBase {
  readonly open: OpenModel;
  readonly quantisation: Quantisation;
  readonly hardware: Hardware;
}

/** A registry model on instances of a managed online endpoint. */
export interface CatalogOffer extends OpenOffer {
  readonly venue: 'catalog';
  readonly provider: 'azure';
  readonly assetId: string;
  readonly machine: PricedMachine;
}

/** Weights on virtual machines. */
export interface MachineOffer extends OpenOffer {
  readonly venue: 'vm';
  readonly provider: 'azure' | 'aws';
  readonly weights: WeightsArtifact;
  readonly machine: PricedMachine;
  readonly billing: Billing;
}

/** Weights on an owned device. */
export interface DeviceOffer extends OpenOffer {
  readonly venue: 'edge';
  readonly provider: 'own';
  readonly weights: WeightsArtifact;
  readonly device: string;
  readonly owned: Device;
  /** Average draw that power is charged for; null where none is charged. */
  readonly watts: number | null;
  /** Of its GPU; null without one. Measures of the environment's own count as CUDA. */
  readonly runtime: 'cuda' | 'metal' | 'vulkan' | null;
}

export type Offer = HostedOffer | CatalogOffer | MachineOffer | DeviceOffer;

/** How one rule judges one offer for one workload. `unverified` satisfies no stated requirement. */
export interface Verdict extends Reason {
  readonly verdict: 'pass' | 'fail' | 'unverified';
}

/** What a rule answers; undefined when the workload asks nothing that the rule is about. */
export type Judgement = Pick<Verdict, 'verdict' | 'message'> | undefined;

export interface Rule {
  readonly id: string;
  readonly why: string;
  readonly judge: (offer: Offer, workload: Workload, setting: Setting) => Judgement;
}

export function pass(message: string): Judgement {
  return { verdict: 'pass', message };
}

export function fail(message: string): Judgement {
  return { verdict: 'fail', message };
}

/** @param message what is unknown, and what would verify it */
export function unverified(message: string): Judgement {
  return { verdict: 'unverified', message };
}

/** Offers that may be one unit: one deployment, one endpoint, one pool of machines, one device. */
export function unitKeyOf(offer: Offer): string {
  switch (offer.venue) {
    case 'hosted':
      return `hosted/${offer.model}/${offer.version}/${offer.sku}/${offer.location}`;
    case 'catalog':
      return `catalog/${offer.model}/${offer.sku}/${offer.location}`;
    case 'vm':
      return `vm/${offer.provider}/${offer.sku}/${offer.location}/${billingKey(offer.billing)}`;
    case 'edge':
      return `edge/${offer.device}`;
  }
}
