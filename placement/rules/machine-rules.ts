import { isOwnWeights } from './model-rules';
import { fail, pass, unverified } from '../types';
import type { CatalogOffer, DeviceOffer, Judgement, MachineOffer, Rule } from '../types';

/** What a machine needs before it can serve open or own weights. */
export const machineRules: readonly Rule[] = [
  {
    id: 'own-weights',
    why: 'own fine-tuned weights run on our machines only; Berth registers none in a workspace or account',
    judge: (offer, { weights }, setting) => {
      const id = 'weights' in offer ? offer.weights.id : null;
      if (weights === undefined) {
        return isOwnWeights(offer, setting)
          ? fail(`${offer.model} serves only workloads that name it as their weights`)
          : undefined;
      }
      if (id === weights) return pass(`it runs on the weights ${weights}`);
      return offer.venue === 'vm' || offer.venue === 'edge'
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
      if (offer.venue !== 'vm' && offer.venue !== 'edge') return undefined;
      if (offer.weights.id !== null)
        return pass(`the environment has a verified file, weights.${offer.weights.id}`);
      if (Object.values(environment.weights).some(({ fineTuned }) => !fineTuned)) {
        return unverified(
          `weights holds no file of ${offer.model} as ${offer.quantisation.name}, and machines run only what it holds`,
        );
      }
      return offer.open.ggufRepository === null
        ? unverified(`no GGUF file of ${offer.model} is known; an entry in weights would name one`)
        : pass(
            `${offer.open.ggufRepository} has it as ${offer.quantisation.name}; weights must name the file before it is deployed`,
          );
    },
  },
  {
    id: 'engine',
    why: 'a machine runs a pinned build of llama.cpp for its processor and accelerator',
    judge: (offer, _workload, { environment }) => {
      if (offer.venue !== 'vm' && offer.venue !== 'edge') return undefined;
      if (offer.quantisation.format !== 'gguf')
        return fail(
          `machines run llama.cpp, which reads GGUF, and ${offer.quantisation.name} is ${offer.quantisation.format}`,
        );
      const accelerator = acceleratorOf(offer);
      if (accelerator === null)
        return fail(
          `llama.cpp is installed for CPUs and NVIDIA GPUs, and ${offer.hardware.name} has another accelerator`,
        );
      const { arch } = offer.hardware;
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
    judge: offer => (offer.venue === 'catalog' ? judgeInstance(offer) : undefined),
  },
];

function judgeInstance(offer: CatalogOffer): Judgement {
  const { azureMl, id } = offer.open;
  if (!azureMl || azureMl.instanceTypes === null)
    return unverified(`the instance types that may run ${id} are not published`);
  if (azureMl.archived === true) return fail(`${id} is archived in its registry`);
  if (!azureMl.assetId.includes('/versions/'))
    return unverified(`the registry version of ${id} was not read`);
  return azureMl.instanceTypes.includes(offer.sku)
    ? pass(`${offer.sku} is on the list of instance types for ${id}`)
    : fail(`${offer.sku} is not among the instance types for ${id}`);
}

/** What llama.cpp computes on; null where it is installed for no such accelerator. */
export function acceleratorOf(offer: MachineOffer | DeviceOffer): 'cpu' | 'cuda' | null {
  if (offer.hardware.kind === 'cpu') return 'cpu';
  if (offer.venue === 'vm') return offer.machine.machine.gpu?.runtime === 'cuda' ? 'cuda' : null;
  return offer.runtime === 'cuda' ? 'cuda' : null;
}
