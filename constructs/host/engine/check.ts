import { shown } from '../../../text/shown';
import { downloadProblem, endings, engineAllowed, enginePattern } from '../../../limits/file';
import { hostLimits } from '../../../limits/host';
import { integerConstraint, nameConstraint, violationOf } from '../../constraint';
import type { EngineSpec, RecipeSpec, ServedModelSpec, WeightsSpec } from './spec';
import { defaultPort } from './spec';

const patterns = {
  unit: /^(?!.*--)[a-z]([a-z0-9-]{0,38}[a-z0-9])?$/,
  model: /^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/,
  address: /^[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?$/,
  sha256: /^[0-9a-f]{64}$/,
};
/** The engine of a model listens ten thousand above the model's own port. */
const highestPort = 55_000;

const wordAdvice = `letters, digits, '.', '_' and '-', beginning with a letter or digit`;

function pattern(place: string, value: string, expression: RegExp, allowed: string): string[] {
  return violationOf(place, value, nameConstraint(expression, allowed, 'choose one that fits'));
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
    ...pattern(`${place}.sha256`, artifact.sha256, patterns.sha256, '64 lower-case hex digits'),
  ];
}

/** Problems of the names of models that a machine made elsewhere serves. */
export const listedProblems = (models: readonly Pick<ServedModelSpec, 'model'>[]): string[] =>
  models.flatMap(({ model }, index) =>
    pattern(`models[${index}].model`, model, patterns.model, `1 to 63 ${wordAdvice}`),
  );

function checkModel(place: string, served: ServedModelSpec): string[] {
  return [
    ...pattern(`${place}.model`, served.model, patterns.model, `1 to 63 ${wordAdvice}`),
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
  ];
}

function checkModels(models: readonly ServedModelSpec[]): string[] {
  const twice = models.filter((served, at) => models.findIndex(other => other.model === served.model) < at);
  return [
    ...violationOf('the number of models', models.length, integerConstraint(1, hostLimits.models)),
    ...models.flatMap((served, index) => checkModel(`models[${index}]`, served)),
    ...twice.map(served => `models must differ, but ${shown(served.model)} is there twice: serve it once`),
  ];
}

const checkEngine = (engine: EngineSpec): string[] => [
  ...pattern('engine.version', engine.version, enginePattern, engineAllowed),
  ...checkArtifact('engine', engine, endings.engine),
];

/** Problems of a unit's name, which is also the name of its machines and the first label of its address. */
export const unitProblems = (unit: string): string[] =>
  pattern(
    'name',
    unit,
    patterns.unit,
    '1 to 40 lower-case letters, digits and single hyphens, beginning with a letter and not ending with a hyphen',
  );

/** Problems of the name under which a machine is reached. */
export const addressProblems = (address: string): string[] =>
  pattern('address', address, patterns.address, 'a host name or an IPv4 address');

/** Every problem of the description, as sentences; none when a machine can be made from it. */
export function recipeProblems(spec: RecipeSpec): string[] {
  return [
    ...unitProblems(spec.unit),
    ...addressProblems(spec.address),
    ...violationOf('port', spec.port ?? defaultPort, integerConstraint(1024, highestPort)),
    ...checkEngine(spec.engine),
    ...checkModels(spec.models),
  ];
}
