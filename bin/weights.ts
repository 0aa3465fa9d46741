import { catalog, loadEnvironment } from '../config';
import type { Environment, SectionEntry } from '../config';
import { endings, namesFile } from '../limits/file';
import { keyOf } from '../limits/verified';
import { shown } from '../text/shown';
import { hashOf } from './files/hashed';
import { addressOf, inHub, repositoryOf, statedOf } from './files/hugging-face';
import type { Repository, RepositoryFile } from './files/hugging-face';
import { FileUnfit } from './files/stated-file';
import type { StatedFile } from './files/stated-file';
import { writeEntries, writtenFile } from './files/write-entry';
import { UsageError } from './usage-error';

export interface WeightsAddOptions {
  /** @default - the project's only one */
  readonly environment?: string;
  /** Open model of the catalogue. @default - the one that the source is of */
  readonly model?: string;
  /** Such as Q4_K_M. @default - Q4_K_M where the repository has it; of an address, what its name says */
  readonly quantisation?: string;
  /** Path in the repository, where several files fit. */
  readonly file?: string;
  /** Branch, tag or commit of a repository; what is written is the commit. @default main */
  readonly revision?: string;
  /** Key in `weights`. @default - the model's name */
  readonly name?: string;
  readonly fineTuned?: boolean;
  readonly print?: boolean;
}

const usualQuantisation = 'Q4_K_M';

/** Writes a file of weights into an environment: its address, revision and hash as its publisher states them, or as downloaded. */
export async function addWeights(source: string, options: WeightsAddOptions): Promise<void> {
  const file = writtenFile(options.environment);
  const environment = loadEnvironment(file);
  const found = isAddress(source)
    ? await ofAddress(new URL(source), options)
    : await ofRepository(repositoryNameOf(source), options);
  const model = modelOf(source, found.repository, options);
  const { url, revision, sha256, by } = found.stated;
  const value = {
    model,
    quantisation: found.quantisation,
    url,
    revision,
    sha256,
    ...(options.fineTuned ? { fineTuned: true } : {}),
  };
  process.stderr.write(`${by}\n`);
  writeEntries(file, [entryOf(environment, options.name, value)], options.print ?? false);
}

interface Found {
  readonly stated: StatedFile;
  readonly quantisation: string;
  readonly repository?: string;
}

const isAddress = (source: string): boolean => URL.canParse(source) && /^https?:/.test(source);

async function ofRepository(name: string, options: WeightsAddOptions): Promise<Found> {
  const repository = await repositoryOf(name, options.revision ?? 'main', process.env);
  const chosen = chosenFile(repository, options);
  const stated = statedOf(repository, chosen, process.env) ?? (await hashedOf(repository, chosen));
  return { stated, quantisation: quantisationOf(chosen.path, options), repository: name };
}

async function hashedOf(repository: Repository, file: RepositoryFile): Promise<StatedFile> {
  const url = addressOf(repository, file, process.env);
  return { url, revision: repository.commit, sha256: await hashOf(url), by: `hashed what ${url} gave` };
}

async function ofAddress(url: URL, options: WeightsAddOptions): Promise<Found> {
  if (url.protocol !== 'https:' || !namesFile(url, endings.weights))
    throw new UsageError(
      `source: an https address of a ${endings.weights} file is allowed, got '${shown(url.href)}'; host the file under one`,
    );
  const hub = inHub(url);
  if (hub) return ofRepository(hub.name, { revision: hub.revision, ...options, file: hub.path });
  const { revision } = options;
  if (revision === undefined)
    throw new UsageError(
      '--revision: it is needed with an address, so that the file can be found again; name its release or commit',
    );
  const quantisation = quantisationOf(url.pathname, options);
  const sha256 = await hashOf(url.href);
  return { stated: { url: url.href, revision, sha256, by: `hashed what ${url.href} gave` }, quantisation };
}

/** A repository by its name, or the one that the catalogue knows of a model. */
function repositoryNameOf(source: string): string {
  if (/^[\w.-]+\/[\w.-]+$/.test(source)) return source;
  const model = catalog.openModels.find(({ id }) => id === source);
  if (model?.ggufRepository) return model.ggufRepository;
  throw new UsageError(
    model
      ? `source: no repository of ${source} with .gguf files is known; name one like owner/repository, or the address of a file, and --model ${source}`
      : `source: an open model of the catalogue, a repository like owner/repository or an https address is allowed, got '${shown(source)}'; berth explain names the models that lack weights`,
  );
}

function chosenFile({ name, files }: Repository, { file, quantisation }: WeightsAddOptions): RepositoryFile {
  const wanted = quantisation ?? usualQuantisation;
  const fitting =
    file === undefined
      ? files.filter(({ path }) => namedIn(path) === wanted && !/(^|[/-])mmproj/i.test(path))
      : files.filter(({ path }) => path === file);
  const [only] = fitting;
  if (only === undefined || fitting.length > 1) {
    const kinds = files.map(({ path }) => path).join(', ');
    const what = file ?? `one file as ${wanted}`;
    throw new FileUnfit(
      `${name}: ${what} is needed, and ${only ? `${fitting.length} are that` : 'there is none'} among ${shown(kinds, 600)}; name one with --quantisation or --file`,
    );
  }
  if (/-\d{5}-of-\d{5}\.gguf$/.test(only.path))
    throw new FileUnfit(
      `${name}: a model in one file is needed, and ${only.path} is one of several; choose a smaller quantisation`,
    );
  return only;
}

/** What the name of a file says of its quantisation. */
function namedIn(path: string): string | undefined {
  const words = path.toUpperCase().split(/[^A-Z0-9_]+/);
  return catalog.quantisations
    .map(({ name }) => name)
    .find(name => words.some(word => word === name || word.endsWith(`_${name}`)));
}

function quantisationOf(path: string, { quantisation }: WeightsAddOptions): string {
  const named = quantisation ?? namedIn(path);
  if (named !== undefined) return named;
  throw new UsageError(
    `--quantisation: it is needed where the name of the file does not say it, got '${shown(path)}'; name it, such as ${usualQuantisation}`,
  );
}

function modelOf(source: string, repository: string | undefined, { model }: WeightsAddOptions): string {
  if (model !== undefined) return model;
  const known = catalog.openModels.filter(
    ({ id, ggufRepository }) => id === source || (repository !== undefined && ggufRepository === repository),
  );
  const [only] = known;
  if (only !== undefined && known.length === 1) return only.id;
  throw new UsageError(
    `--model: it is needed where the catalogue does not know whose weights ${repository ?? shown(source)} has; name an open model of it`,
  );
}

/** An entry of its own, or the one that has this model in this form already. */
function entryOf(
  { weights }: Environment,
  name: string | undefined,
  value: { readonly model: string; readonly quantisation: string },
): SectionEntry {
  const same = Object.entries(weights).find(
    ([, each]) => !each.fineTuned && each.model === value.model && each.quantisation === value.quantisation,
  );
  return { section: 'weights', key: name ?? same?.[0] ?? keyOf(value.model), value };
}
