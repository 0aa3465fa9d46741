import { dirname, extname, join } from 'node:path';
import { LineCounter, parseDocument } from 'yaml';
import { catalog as shippedCatalog, priceFileSchema, withFacts, withPrices } from '../catalog';
import type { Catalog, PriceFile } from '../catalog';
import type { Environment } from './environment';
import { factFindings } from './parse/fact-checks';
import { parseEnvironment } from './parse/parse-environment';
import { locateIn } from './parse/position';
import { ConfigError, problemsAt } from './parse/problem';
import type { Finding, Locate, Problem } from './parse/problem';
import { readText } from './read-file';
import { shown } from '../text/shown';
import { readModule } from './module-file';
import { findingsOfSchema } from './parse/schema-problems';

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

/** What an environment's file states, as it stands there. @throws {ConfigError} when it cannot be read */
export function readInput(path: string): unknown {
  return readData(path).value;
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

/** What is wrong with a loaded environment, where it stands in its file; a module tells no lines. */
export function problemsOfFile(path: string, findings: readonly Finding[]): Problem[] {
  if (findings.length === 0 || extname(path) === '.ts') return problemsAt({}, findings, path);
  const { value, locate } = readData(path);
  return problemsAt(value, findings, path, locate);
}

/**
 * The facts that an environment is decided by: the shipped ones, with those of the price file that it names, and then its own.
 *
 * @param path of the environment, beside which the file is looked for
 * @throws {ConfigError} with every problem of the file at once
 */
export function loadCatalog(
  path: string,
  { prices, facts = [] }: Pick<Environment, 'prices' | 'facts'>,
): Catalog {
  const priced =
    prices === undefined
      ? shippedCatalog
      : withPrices(shippedCatalog, loadPrices(join(dirname(path), prices)));
  return withFacts(priced, facts);
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
  const facts = factFindings(parsed.data.facts ?? [], shippedCatalog);
  if (facts.length > 0) throw new ConfigError(problemsAt(input, facts, path, locate));
  const keys = parsed.data.tables.map(({ cloud, region }) => `${cloud} ${region}`);
  const twice = keys.findIndex((key, index) => keys.indexOf(key) < index);
  if (twice < 0) return parsed.data;
  const message = `must be the only table of ${keys[twice] ?? ''}, got a second one; remove one`;
  throw new ConfigError([{ source: path, path: `tables[${twice}]`, ...locate(['tables', twice]), message }]);
}

/** What a file holds, and where. */
interface Data {
  readonly value: unknown;
  readonly locate?: Locate;
}

const nesting = 'nesting that is too deep';
const mostSyntaxErrors = 20;

/** An environment of thousands of workloads has less. */
const mostBytes = 4 * 1024 * 1024;

function readData(path: string): Data {
  const extension = extname(path);
  if (extension === '.yaml' || extension === '.yml' || extension === '.json')
    return parseYaml(readText(path, mostBytes), path);
  if (extension === '.ts') return { value: readModule(path) };
  readText(path);
  const message = `must be a .yaml, .yml, .json or .ts file, got '${extension}'; rename it, or write it as one of those`;
  throw new ConfigError([{ source: path, path: '', message }]);
}

/** JSON is YAML, so that both report line and column alike. */
function parseYaml(text: string, path: string): Required<Data> {
  const lineCounter = new LineCounter();
  const document = withSyntax(path, () =>
    parseDocument(text, { lineCounter, prettyErrors: false, logLevel: 'error' }),
  );
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
  const tooDeep = document.errors.some(({ message }) => message.startsWith('Maximum call stack'));
  if (tooDeep)
    throw new ConfigError([
      { source: path, path: '', message: `must be valid YAML, got ${nesting}; correct it` },
    ]);
  // One mistake in the syntax brings others behind it.
  if (problems.length > 0) throw new ConfigError(problems.slice(0, mostSyntaxErrors));
  const value = withSyntax(path, () => document.toJS() as unknown);
  return { value, locate: locateIn(document, lineCounter) };
}

/** An alias of nothing, too many of them, or brackets so deep that reading them ends. */
function withSyntax<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    const said = error instanceof RangeError ? nesting : `an error: ${shown(firstLine(String(error)), 200)}`;
    const message = `must be valid YAML, got ${said}; correct it`;
    throw new ConfigError([{ source: path, path: '', message }]);
  }
}

function firstLine(text: string): string {
  return text.split('\n')[0] ?? '';
}
