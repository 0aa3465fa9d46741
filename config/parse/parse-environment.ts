import { catalog as shippedCatalog } from '../../catalog';
import type { Catalog } from '../../catalog';
import { environmentSchema } from '../environment';
import type { Environment } from '../environment';
import type { Finding, Locate } from './problem';
import { withParts } from './parts-of-workloads';
import { inEach } from './check';
import { environmentChecks } from './environment-checks';
import { pinChecks } from './pin-checks';
import { ConfigError, problemsAt } from './problem';
import { findingsOfSchema } from './schema-problems';
import { ifParsed, partialParse } from './partial-parse';
import { findingsOfTexts } from './text-checks';
import { workloadChecks } from './workload-checks';

/**
 * An environment from plain data, whatever file it came from.
 *
 * @param input what the file holds
 * @param source name of the file, for errors
 * @param locate tells where a path stands in the file, for errors
 * @throws {ConfigError} with every problem at once, in the order of the input
 */
export function parseEnvironment(
  input: unknown,
  source: string,
  catalog: Catalog = shippedCatalog,
  locate?: Locate,
): Environment {
  const texts = findingsOfTexts(input);
  // What is wrong with a text is said before anything looks into it.
  if (texts.length > 0) throw new ConfigError(problemsAt(input, texts, source, locate));
  const parsed = environmentSchema.safeParse(input);
  const wrong = parsed.success ? [] : findingsOfSchema(environmentSchema, input, parsed.error.issues);
  const across = ifParsed(() =>
    findingsAcross(parsed.success ? parsed.data : partialParse(environmentSchema, input), catalog),
  );
  const problems = problemsAt(input, [...wrong, ...across], source, locate);
  if (!parsed.success || problems.length > 0) throw new ConfigError(problems);
  return withParts(parsed.data);
}

/** What is wrong across keys, wherever all that it depends on is right. */
function findingsAcross(environment: Environment, catalog: Catalog): Finding[] {
  const checks = [...workloadChecks, ...pinChecks];
  const general = environmentChecks.flatMap(check => ifParsed(() => check.find(environment, catalog)));
  const own = ifParsed(() =>
    inEach(environment.workloads, (workload, i) =>
      checks
        .flatMap(check => ifParsed(() => check.find(workload, environment, catalog)))
        .map(({ path, message }): Finding => ({ path: ['workloads', i, ...path], message })),
    ),
  );
  return [...general, ...own];
}
