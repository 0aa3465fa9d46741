import { findOpenModel, foreignKeysOf, keysOf } from '../../catalog';
import type { Catalog, StatedFact } from '../../catalog';
import { inEach, when } from './check';
import type { EnvironmentCheck } from './check';
import { problemOfModel } from './model-names';
import type { Finding } from './problem';

/** Facts that are stated: each of a model that there is, once, and of something that it has. */
export const factChecks: readonly EnvironmentCheck[] = [
  {
    id: 'facts',
    why: 'a fact of a name that matches nothing would silently do nothing',
    find: ({ facts = [] }, catalog) => factFindings(facts, catalog),
  },
];

/** What is wrong with a list of facts, each with its path from `facts` on. */
export function factFindings(facts: readonly StatedFact[], catalog: Catalog): Finding[] {
  return inEach(facts, (fact, at) => {
    const unknown = problemOfModel(catalog, fact.model, fact.version);
    if (unknown !== undefined) return [{ path: ['facts', at, 'model'], message: unknown }];
    return [...ownFindings(fact, at, catalog), ...repeatedFindings(facts, at)];
  });
}

function ownFindings(fact: StatedFact, at: number, catalog: Catalog): Finding[] {
  const isHosted = catalog.hostedModels.some(({ name }) => name === fact.model);
  const isOpen = findOpenModel(catalog, fact.model).found;
  const foreign = foreignKeysOf(fact, isHosted, isOpen).map(key => ({
    path: ['facts', at, key],
    message: `must be absent of ${fact.model}, which is ${isHosted ? 'a hosted' : 'an open'} model, got one; remove it`,
  }));
  return [
    ...foreign,
    ...when(
      keysOf(fact).length === 0,
      ['facts', at],
      `must state a fact of ${fact.model}, such as maxOutputTokens, got none; add one, or remove the entry`,
    ),
  ];
}

/** A later entry that says a key of the same versions again. */
function repeatedFindings(facts: readonly StatedFact[], at: number): Finding[] {
  const fact = facts[at];
  if (!fact) return [];
  const first = facts.findIndex(
    other =>
      other.model === fact.model &&
      other.version === fact.version &&
      keysOf(other).some(key => keysOf(fact).includes(key)),
  );
  return when(
    first >= 0 && first < at,
    ['facts', at],
    `must say each fact of ${fact.model} once, got ${keysOf(fact).join(', ')} beside facts[${first}]; remove one`,
  );
}
