import { statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { catalog } from '../../config';
import type { Environment, EnvironmentInput } from '../../config';
import { shown } from '../../text/shown';
import { sha256Of } from './artifact';
import type { Installed } from './installed';
import { OwnMachineInput } from './own-machine-error';

type Stated = NonNullable<EnvironmentInput['weights']>;

/** The weights that may serve here, and which of them are here already, by hash. */
interface OwnWeights {
  readonly stated: Stated | undefined;
  readonly here: ReadonlyMap<string, string>;
}

/** Sizing by more bits a weight errs on the safe side. */
const unknownQuantisation = 'F16';

/**
 * The weights that an environment names, or nothing but the file that was named.
 * @param known those of the environment
 * @param stated as its file has them
 * @throws {OwnMachineInput} when the file cannot be used, or nobody knows of which model it is
 */
export async function ownWeights(
  { weights, model }: Installed,
  known: Environment['weights'],
  stated: Stated | undefined,
): Promise<OwnWeights> {
  if (weights === undefined) {
    if (model !== undefined)
      throw new OwnMachineInput('--model: it says which model --weights is of; name the file too');
    return { stated, here: new Map() };
  }
  const file = resolve(weights);
  if (!statSync(file, { throwIfNoEntry: false })?.isFile())
    throw new OwnMachineInput(
      `--weights: the path of a GGUF file is needed, got ${shown(weights)}; name one that is there`,
    );
  const sha256 = await sha256Of(file);
  const here = new Map([[sha256, file]]);
  const same = Object.entries(known).find(([, each]) => each.sha256 === sha256);
  if (same) return { stated: { [same[0]]: same[1] }, here };
  const name = basename(file).replace(/\.gguf$/i, '');
  const entry = {
    model: model ?? modelIn(name),
    quantisation: quantisationIn(name),
    url: `https://this-machine.invalid/${encodeURIComponent(name)}.gguf`,
    revision: 'a file of this machine',
    sha256,
  };
  return { stated: { 'own-file': entry }, here };
}

const plain = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]/g, '');

/** The longest name of an open model that a file's name holds. */
function modelIn(name: string): string {
  const found = catalog.openModels
    .map(({ id }) => id)
    .filter(id => [id, id.replace(/-(instruct|it)$/, '')].some(each => plain(name).includes(plain(each))))
    .toSorted((a, b) => b.length - a.length);
  if (found[0] !== undefined) return found[0];
  throw new OwnMachineInput(
    `--weights: which open model ${shown(name)} is of decides how much memory it takes, and its name does not say it; add --model, such as ${catalog.openModels[0]?.id ?? ''}`,
  );
}

function quantisationIn(name: string): string {
  const found = catalog.quantisations
    .filter(({ format, name: each }) => format === 'gguf' && plain(name).includes(plain(each)))
    .toSorted((a, b) => b.name.length - a.name.length);
  return found[0]?.name ?? unknownQuantisation;
}
