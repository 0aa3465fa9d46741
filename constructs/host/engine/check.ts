import { shown } from '../../../text/shown';
import { downloadProblem, endings, engineForm } from '../../../limits/file';
import { addressForm, machineNameForm, sha256Form } from '../../../limits/form';
import type { Form } from '../../../limits/form';
import { hostLimits } from '../../../limits/host';
import { formConstraint, integerConstraint, violationOf } from '../../constraint';
import type { EngineSpec, RecipeSpec, ServedModelSpec, WeightsSpec } from './spec';
import { defaultPort } from './spec';

const modelForm = {
  pattern: /^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/,
  allowed: `1 to 63 letters, digits, '.', '_' and '-', beginning with a letter or digit`,
};
/** The engine of a model listens ten thousand above the model's own port. */
const highestPort = 55_000;

function formProblems(place: string, value: string, form: Form): string[] {
  return violationOf(place, value, formConstraint(form, 'choose one that fits'));
}

function checkUrl(place: string, url: string, ending: string): string[] {
  const problem = downloadProblem(url, ending);
  return problem === undefined ? [] : [`${place} ${problem}`];
}

function checkArtifact(
  place: string,
  artifact: Pick<WeightsSpec, 'url' | 'sha256'>,
  ending: string,
): string[] {
  const missing = [!artifact.url && 'url', !artifact.sha256 && 'sha256'].filter(Boolean);
  if (!artifact.url || !artifact.sha256) {
    return [
      `${place} has no ${missing.join(' and no ')}: supply url and sha256 of a file that you verified; hashes are never invented`,
    ];
  }
  return [
    ...checkUrl(`${place}.url`, artifact.url, ending),
    ...formProblems(`${place}.sha256`, artifact.sha256, sha256Form),
  ];
}

/** Problems of the names of models that a machine made elsewhere serves. */
export const listedProblems = (models: readonly Pick<ServedModelSpec, 'model'>[]): string[] =>
  models.flatMap(({ model }, index) => formProblems(`models[${index}].model`, model, modelForm));

function checkModel(place: string, served: ServedModelSpec): string[] {
  return [
    ...formProblems(`${place}.model`, served.model, modelForm),
    ...(['chat', 'embeddings'].includes(served.api)
      ? []
      : [`${place}.api must be chat or embeddings, not "${shown(served.api)}": choose one`]),
    ...checkArtifact(`${place}.weights`, served.weights, endings.weights),
    ...violationOf(
      `${place}.contextTokens`,
      served.contextTokens,
      integerConstraint(1, hostLimits.contextTokens, ' tokens'),
    ),
    ...violationOf(`${place}.parallel`, served.parallel, integerConstraint(1, hostLimits.sequences)),
    ...(served.cacheRamMib === undefined
      ? []
      : violationOf(
          `${place}.cacheRamMib`,
          served.cacheRamMib,
          integerConstraint(0, hostLimits.cacheRamMib, ' MiB'),
        )),
    ...(served.pooling === undefined || ['cls', 'mean', 'last'].includes(served.pooling)
      ? []
      : [`${place}.pooling must be cls, mean or last, not "${shown(served.pooling)}": choose one`]),
  ];
}

function checkModels(models: readonly ServedModelSpec[]): string[] {
  const twice = models.filter((served, at) => models.findIndex(other => other.model === served.model) < at);
  return [
    ...violationOf('the number of models', models.length, integerConstraint(1, hostLimits.models)),
    ...(models.some(({ cacheRamMib }) => cacheRamMib !== undefined) &&
    models.some(({ cacheRamMib }) => cacheRamMib === undefined)
      ? ['cacheRamMib must be given for all models or for none: they share the memory of the machine']
      : []),
    ...models.flatMap((served, index) => checkModel(`models[${index}]`, served)),
    ...twice.map(served => `models must differ, but ${shown(served.model)} is there twice: serve it once`),
  ];
}

const checkEngine = (engine: EngineSpec): string[] => [
  ...formProblems('engine.version', engine.version, engineForm),
  ...(['cpu', 'cuda'].includes(engine.accelerator)
    ? []
    : [`engine.accelerator must be cpu or cuda, not "${shown(engine.accelerator)}": choose one`]),
  ...checkArtifact('engine', engine, endings.engine),
];

/** Problems of a unit's name, which is also the name of its machines and the first label of its address. */
export const unitProblems = (unit: string, key = 'name'): string[] =>
  formProblems(key, unit, machineNameForm(1, 40));

/** Problems of the name under which a machine is reached. */
export const addressProblems = (address: string): string[] => formProblems('address', address, addressForm);

/** Every problem of the description, as sentences; none when a machine can be made from it. */
export function recipeProblems(spec: RecipeSpec): string[] {
  return [
    ...unitProblems(spec.unit),
    ...addressProblems(spec.address),
    ...violationOf('port', spec.port ?? defaultPort, integerConstraint(1024, highestPort)),
    ...(spec.memoryMib === undefined
      ? []
      : violationOf(
          'memoryMib',
          spec.memoryMib,
          integerConstraint(hostLimits.leastMemoryMib, hostLimits.memoryMib, ' MiB'),
        )),
    ...checkEngine(spec.engine),
    ...checkModels(spec.models),
  ];
}
