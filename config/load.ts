import { existsSync, readFileSync } from 'node:fs';
import { dirname, extname, join, resolve } from 'node:path';
import { LineCounter, parseDocument } from 'yaml';
import { catalog as shippedCatalog, priceFileSchema, withPrices } from '../catalog';
import type { Catalog, PriceFile } from '../catalog';
import type { Environment } from './environment';
import { parseEnvironment } from './parse/parse-environment';
import { locateIn } from './parse/position';
import type { Locate } from './parse/position';
import { ConfigError, problemsAt } from './parse/problem';
import { findingsOfSchema } from './parse/schema-problems';

/** The only file of config that reads files. */

/**
 * Reads an environment from a `.yaml`, `.yml`, `.json` or `.ts` file.
 *
 * A TypeScript file exports plain data as its default, best through `defineEnvironment`.
 *
 * @throws {ConfigError} with every problem at once, also when the file is missing or no YAML
 */
export function loadEnvironment(path: string): Environment {
  const { value, locate } = readData(path);
  return parseEnvironment(value, path, undefined, locate);
}

/** The name that a file of data states, whatever else is wrong with it; undefined where it states none, or is code. */
export function nameIn(path: string): string | undefined {
  try {
    const { name } = (extname(path) === '.ts' ? {} : readData(path).value) as { readonly name?: unknown };
    return typeof name === 'string' ? name : undefined;
  } catch {
    // What is wrong with the file is said where it is loaded.
    return undefined;
  }
}

/**
 * The facts that an environment is decided by: the shipped ones, with the prices of the file that it names.
 *
 * @param path of the environment, beside which the file is looked for
 * @throws {ConfigError} with every problem of the file at once
 */
export function loadCatalog(path: string, { prices }: Pick<Environment, 'prices'>): Catalog {
  return prices === undefined
    ? shippedCatalog
    : withPrices(shippedCatalog, loadPrices(join(dirname(path), prices)));
}

/**
 * A file of prices.
 * @throws {ConfigError} with every problem at once, also when it is missing
 */
export function loadPrices(path: string): PriceFile {
  const { value: input, locate } = parseYaml(readText(path), path);
  const parsed = priceFileSchema.safeParse(input);
  if (!parsed.success)
    throw new ConfigError(
      problemsAt(input, findingsOfSchema(priceFileSchema, input, parsed.error.issues), path, locate),
    );
  const keys = parsed.data.tables.map(({ cloud, region }) => `${cloud} ${region}`);
  const twice = keys.findIndex((key, index) => keys.indexOf(key) < index);
  if (twice < 0) return parsed.data;
  const message = `must be the only table of ${keys[twice] ?? ''}, got a second one; remove one`;
  throw new ConfigError([{ source: path, path: `tables[${twice}]`, ...locate(['tables', twice]), message }]);
}

/** Text of a file. @throws {ConfigError} when it cannot be read */
export function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new ConfigError([{ source: path, path: '', message: unreadable(error) }]);
  }
}

/** Text of a file; undefined when there is none. @throws {ConfigError} when it is there and cannot be read */
export function readTextIfThere(path: string): string | undefined {
  return existsSync(path) ? readText(path) : undefined;
}

/** What a file holds, and where. */
interface Data {
  readonly value: unknown;
  readonly locate?: Locate;
}

function readData(path: string): Data {
  const extension = extname(path);
  if (extension === '.yaml' || extension === '.yml' || extension === '.json')
    return parseYaml(readText(path), path);
  if (extension === '.ts') return { value: importDefault(path) };
  readText(path);
  const message = `must be a .yaml, .yml, .json or .ts file, got '${extension}'; rename it, or write it as one of those`;
  throw new ConfigError([{ source: path, path: '', message }]);
}

/** JSON is YAML, so that both report line and column alike. */
function parseYaml(text: string, path: string): Required<Data> {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, prettyErrors: false });
  const problems = [...document.errors, ...document.warnings].map(({ pos: [offset], message }) => {
    const { line, col } = lineCounter.linePos(offset);
    return {
      source: path,
      path: '',
      line,
      column: col,
      message: `must be valid YAML, got an error: ${firstLine(message)}; correct the syntax`,
    };
  });
  if (problems.length > 0) throw new ConfigError(problems);
  return { value: document.toJS() as unknown, locate: locateIn(document, lineCounter) };
}

function importDefault(path: string): unknown {
  readText(path);
  try {
    return (requireModule(resolve(path)) as { readonly default?: unknown }).default;
  } catch (error) {
    const message = `must be a TypeScript module with a default export, got an error: ${firstLine(String(error))}; correct the module`;
    throw new ConfigError([{ source: path, path: '', message }]);
  }
}

/** With the running process's own loader where that reads TypeScript, else with tsx. */
function requireModule(file: string): unknown {
  /* eslint-disable @typescript-eslint/no-require-imports -- a synchronous import does not exist */
  try {
    return require(file) as unknown;
  } catch (error) {
    if (!isUnreadableModule(error)) throw error;
    // Loaded here and not at the top, so that YAML users do not pay for a TypeScript loader.
    const tsx = require('tsx/cjs/api') as typeof import('tsx/cjs/api');
    return tsx.require(file, __filename) as unknown;
  }
  /* eslint-enable @typescript-eslint/no-require-imports */
}

/** What plain Node says to TypeScript or to a module of the other kind. */
function isUnreadableModule(error: unknown): boolean {
  const { name, code } = error as NodeJS.ErrnoException;
  return name === 'SyntaxError' || code?.startsWith('ERR_') === true;
}

function unreadable(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOENT') return 'a file is needed here, got nothing; check the path, or create it';
  if (code === 'EISDIR') return 'a file is needed here, got a directory; name a file in it';
  return `a readable file is needed here, got ${code ?? 'an error'}; check its permissions`;
}

function firstLine(text: string): string {
  return text.split('\n')[0] ?? '';
}
