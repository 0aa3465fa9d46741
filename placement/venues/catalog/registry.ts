import { huggingFaceAsset, isGated, unknownFact } from '../../../catalog';
import type { Catalog, Fact, Machine, ModelRegistry, OpenModel, Quantisation } from '../../../catalog';
import { hardwareOfMachine, weightsGib } from '../../../sizing';
import { parseAsset } from '../../../limits/asset';
import { round } from '../../figures';

/** A model in a registry or workspace, and how it is known which instance types run it. */
export interface RegistryModel {
  /** Empty where none is known. */
  readonly assetId: string;
  readonly archived: boolean;
  /** What its container speaks. */
  readonly speaks: 'openai' | 'score';
  /** Instance types that may run it. */
  readonly instances: Fact<readonly string[]>;
  /** Why nothing is known of the types. @default - they are not published */
  readonly lacks?: string;
}

/**
 * Where an open model is: what a table or `facts` says of it, with its own list of types; else a registry that holds it, whose types it
 * is estimated to take where their memory holds the weights.
 * @returns undefined where no registry is known to hold it, nor could
 */
export function registryModelOf(
  open: OpenModel,
  quantisation: Quantisation,
  catalog: Catalog,
): RegistryModel | undefined {
  const { azureMl } = open;
  if (azureMl?.instanceTypes) return statedModel(azureMl, azureMl.instanceTypes);
  const asset = parseAsset(azureMl?.assetId ?? '');
  const named = catalog.modelRegistries.find(({ name }) => name === asset?.registry);
  if (azureMl && named) return estimatedModel(azureMl.assetId, named, open, quantisation, catalog);
  const any = catalog.modelRegistries.find(({ holds }) => holds === 'any');
  if (any && !isGated(open.license))
    return estimatedModel(huggingFaceAsset(open.huggingFace), any, open, quantisation, catalog);
  return azureMl
    ? {
        assetId: azureMl.assetId,
        archived: azureMl.archived === true,
        speaks: 'score',
        instances: unknownFact,
      }
    : undefined;
}

function statedModel(
  { assetId, archived, speaks = 'score' }: NonNullable<OpenModel['azureMl']>,
  types: readonly string[],
): RegistryModel {
  const instances = { evidence: 'stated', value: types, from: 'its registry' } as const;
  return { assetId, archived: archived === true, speaks, instances };
}

function estimatedModel(
  assetId: string,
  registry: ModelRegistry,
  open: OpenModel,
  quantisation: Quantisation,
  catalog: Catalog,
): RegistryModel {
  const { speaks, examples, name } = registry;
  const tried = examples[open.id];
  const held = { assetId, archived: false, speaks } as const;
  if (tried)
    return {
      ...held,
      instances: { evidence: 'stated', value: tried, from: `examples of the registry ${name}` },
    };
  const weights = weightsGib(open, quantisation);
  const value = smallestThatHold(weights, registry, catalog);
  if (value.length === 0)
    return {
      ...held,
      instances: unknownFact,
      lacks: `no instance type of the registry ${name} holds its weights`,
    };
  const from = `the registry ${name} and its ${round(weights)} GiB of weights, which fit the memory`;
  return { ...held, instances: { evidence: 'estimated', value, worst: value, from } };
}

/** Of each kind of GPU, the smallest type whose memory holds the weights. */
function smallestThatHold(gib: number, { instanceTypes }: ModelRegistry, catalog: Catalog): string[] {
  const holding = catalog.machines
    .filter(({ cloud, sku }) => cloud === 'azure' && instanceTypes.includes(sku))
    .filter(machine => hardwareOfMachine(catalog, machine).usableMemoryGib > gib)
    .toSorted(bySize);
  const first = new Map<string, string>();
  for (const { gpu, sku } of holding) if (gpu && !first.has(gpu.name)) first.set(gpu.name, sku);
  return [...first.values()];
}

function bySize(a: Machine, b: Machine): number {
  return (a.gpu?.count ?? 0) - (b.gpu?.count ?? 0) || a.vcpu - b.vcpu;
}
