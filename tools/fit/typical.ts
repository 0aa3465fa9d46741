import { acceleratorClasses, catalog } from '../../catalog';
import type { AcceleratorClass } from '../../catalog';
import type { TypicalCompute } from '../../sizing/decode-model';
import type { PrefillCoefficients } from '../../sizing/prefill-model';
import { quantile } from './errors';

/** What an accelerator or a CPU that the tables do not list is taken to have. */
export function typicalCompute(): TypicalCompute {
  const { processors } = catalog;
  return {
    gpu: byClass(acceleratorClasses, name => ({
      vector: ofClass(name, ({ vectorTflops, bandwidthGbs }) => vectorTflops / bandwidthGbs),
      matrix: ofClass(name, ({ matrixTflops, bandwidthGbs }) => matrixTflops / bandwidthGbs),
    })),
    cpu: {
      vector: quantile(
        processors.map(({ vectorTflops, bandwidthGbs }) => vectorTflops / bandwidthGbs),
        0.5,
      ),
      // Constant, so that more bandwidth never predicts less speed.
      cores: quantile(
        processors.map(({ cores }) => cores),
        0.5,
      ),
    },
  };
}

/** As above, for prompts. */
export function typicalBoards(): PrefillCoefficients['typical'] {
  const { gpu, cpu } = typicalCompute();
  return { ...byClass(acceleratorClasses, name => gpu[name].vector), cpu: cpu.vector };
}

function ofClass(
  name: AcceleratorClass,
  ratio: (member: (typeof catalog.accelerators)[number]) => number | undefined,
): number {
  const members = catalog.accelerators.filter(accelerator => accelerator.class === name);
  return quantile(
    members.flatMap(member => ratio(member) ?? []),
    0.5,
  );
}

/** @returns one value for each class */
function byClass<K extends AcceleratorClass, V>(names: readonly K[], valueOf: (name: K) => V): Record<K, V> {
  // The names are all of K, which the type of an object made of entries does not tell.
  return Object.fromEntries(names.map(name => [name, valueOf(name)])) as Record<K, V>;
}
