import type { OpenWeights } from '../offer';
import type { RequirementRule } from '../setting';
import { fail, pass, unverified } from '../verdict';
import type { Judgement } from '../verdict';
import { isOwnWeights } from './model-rules';
import { venueRequirements } from './venue-requirements';

/** What a machine needs before it can serve open or own weights. */
export const machineRules: readonly RequirementRule[] = [
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
      if (id === weights) return pass(`it runs on the weights ${weights}`);
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
    judge: (offer, _workload, { environment }) => {
      const { weights } = offer;
      if (!weights?.file) return undefined;
      const { file, open, quantisation } = weights;
      if (file.id !== null) return pass(`the environment has a verified file, weights.${file.id}`);
      if (Object.values(environment.weights).some(({ fineTuned }) => !fineTuned)) {
        return unverified(
          `weights holds no file of ${offer.model} as ${quantisation.name}, and machines run only what it holds`,
        );
      }
      return open.ggufRepository === null
        ? unverified(`no GGUF file of ${offer.model} is known; an entry in weights would name one`)
        : pass(
            `${open.ggufRepository} has it as ${quantisation.name}; weights must name the file before it is deployed`,
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
      if (format !== 'gguf')
        return fail(`machines run llama.cpp, which reads GGUF, and ${name} is ${format}`);
      const { arch, accelerator } = weights.engine;
      if (typeof accelerator === 'object')
        return fail(
          `llama.cpp is installed for CPUs and NVIDIA GPUs, and ${accelerator.unsupported} has another accelerator`,
        );
      const build = environment.engines.find(
        engine => engine.arch === arch && engine.accelerator === accelerator,
      );
      if (build) return pass(`llama.cpp ${build.version} is pinned for ${arch} with ${accelerator}`);
      return environment.engines.length === 0
        ? pass(
            `llama.cpp runs on ${arch} with ${accelerator}; engines must name a build before it is deployed`,
          )
        : fail(`engines has no build of llama.cpp for ${arch} with ${accelerator}`);
    },
  },
  {
    id: 'instance-types',
    why: 'not every instance type may run a registry model',
    judge: ({ weights, sku }) => (weights && !weights.file ? judgeInstance(weights, sku) : undefined),
  },
];

function judgeInstance({ open }: OpenWeights, sku: string | null): Judgement {
  const { azureMl, id } = open;
  if (!azureMl || azureMl.instanceTypes === null)
    return unverified(`the instance types that may run ${id} are not published`);
  if (azureMl.archived === true) return fail(`${id} is archived in its registry`);
  if (!azureMl.assetId.includes('/versions/'))
    return unverified(`the registry version of ${id} was not read`);
  return sku !== null && azureMl.instanceTypes.includes(sku)
    ? pass(`${sku} is on the list of instance types for ${id}`)
    : fail(`${sku} is not among the instance types for ${id}`);
}
