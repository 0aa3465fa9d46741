import { lineageOf } from '../../config/lineage';
import {
  buildOf,
  engineLine,
  isReadByEngine,
  isVerified,
  weightsCommand,
  weightsLine,
} from '../../limits/verified';
import { isDeployableIn, parseAsset } from '../../limits/asset';
import type { Workload } from '../../config/environment';
import { acceptsEstimates } from '../evidence';
import type { OfferClass, OpenWeights } from '../offer';
import type { RequirementRule, Setting } from '../setting';
import { arrange, factLine } from './remedies';
import { fail, pass, passByEstimate, unverified } from '../verdict';
import type { Judgement } from '../verdict';
import { isOwnWeights } from './verified-facts';
import { venueRequirements } from './venue-requirements';

/** What a machine needs before it can serve open or own weights. */
export const machineRules: readonly RequirementRule[] = [
  {
    id: 'machine-prices',
    why: 'a price of another region is an estimate, counted at its upper end',
    judge: ({ place, location }, workload, { environment }) => {
      if (place.pricesFrom === undefined) return undefined;
      const message = `what machines cost in ${location} is estimated from ${place.pricesFrom}`;
      return acceptsEstimates('prices', workload, environment)
        ? passByEstimate(message)
        : unverified(`${message}, and evidence of prices is verified; a price file would say it`);
    },
  },
  {
    id: 'own-weights',
    why: 'own fine-tuned weights run on our machines only; Berth registers none in a workspace or account',
    judge: (offer, { weights }, setting) => {
      const id = offer.weights?.file?.id ?? null;
      if (weights === undefined) {
        return isOwnWeights(offer, setting)
          ? fail(`${offer.model} serves only workloads that name it as their weights`)
          : undefined;
      }
      if (id === weights) return pass(`it runs on the weights ${weights}${lineageIn(setting, weights)}`);
      return venueRequirements.weights.isMet(offer.place)
        ? fail(`it asks for the weights ${weights}, and this is ${offer.model}`)
        : fail(
            `it asks for the weights ${weights}, and Berth registers no own weights in a workspace or account`,
          );
    },
  },
  {
    id: 'weights-file',
    why: 'a machine installs a file that somebody can point to',
    judge: offer => {
      const { weights } = offer;
      if (!weights?.file) return undefined;
      const { file, open, quantisation } = weights;
      if (isVerified(file) && file.id !== null)
        return pass(`the environment has a verified file, weights.${file.id}`);
      const published = open.files?.find(({ sha256 }) => sha256 === file.sha256);
      if (published)
        return pass(
          `the sha256 of its file ${nameIn(published.url)} is published (${published.source}), and a machine takes no other`,
        );
      const known = open.ggufRepository === null ? '' : ` (${open.ggufRepository} has such files)`;
      const command =
        open.ggufRepository === null
          ? ''
          : `${weightsCommand(open.id, quantisation.name)} writes what is stated of one; or `;
      const line = weightsLine(open.id, quantisation.name);
      return unverified(
        `a machine installs a file that you checked, and weights has none of ${offer.model} as ${quantisation.name}${known}; ${command}this line in weights would name one: ${line}`,
        arrange('weights', line),
      );
    },
  },
  {
    id: 'engine',
    why: 'a machine runs a pinned build of llama.cpp for its processor and accelerator',
    judge: (offer, _workload, { environment }) => {
      const { weights } = offer;
      if (!weights?.engine) return undefined;
      const { name, format } = weights.quantisation;
      if (!isReadByEngine(format))
        return fail(`machines run llama.cpp, which reads GGUF, and ${name} is ${format}`);
      const { arch, accelerator } = weights.engine;
      if (typeof accelerator === 'object')
        return fail(`llama.cpp is installed for CPUs and NVIDIA GPUs, and ${accelerator.unsupported}`);
      const build = buildOf(environment.engines, { arch, accelerator });
      return build
        ? pass(`llama.cpp ${build.version} is pinned for ${arch} with ${accelerator}`)
        : unverified(
            `a machine installs a build of llama.cpp that you checked, and engines has none for ${arch} with ${accelerator}; ${accelerator === 'cpu' ? 'berth engine add latest writes what is stated of one; or ' : ''}this line in engines would name one: ${engineLine({ arch, accelerator })}`,
            arrange('engines', engineLine({ arch, accelerator })),
          );
    },
  },
  {
    id: 'instance-types',
    why: 'not every instance type may run a registry model',
    judge: (offer, workload, setting) =>
      offer.weights && !offer.weights.file && offer.acceleratorType === undefined
        ? judgeInstance(offer, offer.weights, workload, setting)
        : undefined,
  },
  {
    id: 'api',
    why: 'containers of some catalogue models answer in a format of their own',
    judge: ({ weights, hosted, model }, { api }) => {
      if (api !== 'openai') return undefined;
      if (hosted?.format === 'Anthropic')
        return fail(`api openai is asked for, and ${model} answers Anthropic's Messages API`);
      return weights?.registry?.speaks === 'score'
        ? fail(`api openai is asked for, and the container of ${model} answers at /score in its own format`)
        : pass(`${model} is asked by the OpenAI API`);
    },
  },
];

/** What weights were tuned from, behind a comma; nothing where nobody says it. */
function lineageIn({ environment }: Setting, key: string): string {
  const { model, lineage } = environment.weights[key] ?? {};
  return model !== undefined && lineage ? `, ${lineageOf({ ...lineage, base: { model } })}` : '';
}

/** The last part of an address. */
function nameIn(url: string): string {
  return url.slice(url.lastIndexOf('/') + 1);
}

function judgeInstance(
  offer: OfferClass,
  { open: { id }, registry }: OpenWeights,
  workload: Workload,
  { environment }: Setting,
): Judgement {
  const { sku } = offer;
  const line = factLine(offer, 'endpoint: { assetId: <id>, instanceTypes: [<type>] }');
  if (!registry || registry.instances.evidence === 'unknown')
    return unverified(
      `${registry?.lacks ?? `the instance types that may run ${id} are not published`}; facts[].endpoint would say it`,
      line,
    );
  if (registry.archived) return fail(`${id} is archived in its registry`);
  const asset = parseAsset(registry.assetId);
  if (!asset)
    return unverified(`the registry version of ${id} was not read; facts[].endpoint would say it`, line);
  const workspaceId = environment.azure?.existing.machineLearningWorkspaceId;
  if (!isDeployableIn(registry.assetId, workspaceId))
    return fail(
      `${id} is registered in a workspace, which alone deploys it, and the environment's endpoints are in another; azure.existing.machineLearningWorkspaceId would name it`,
    );
  const { instances } = registry;
  if (sku === null || !instances.value.includes(sku))
    return fail(`${sku} is not among the instance types for ${id}`);
  if (instances.evidence !== 'estimated') return pass(`${sku} is on the list of instance types for ${id}`);
  const message = `that ${sku} may run ${id} is estimated from ${instances.from}`;
  return acceptsEstimates('instanceTypes', workload, environment)
    ? passByEstimate(message)
    : unverified(
        `${message}, and evidence.instanceTypes is verified; estimated would accept it, and facts[].endpoint would say it`,
        line,
      );
}
