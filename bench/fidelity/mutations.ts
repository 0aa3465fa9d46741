import type { Change } from '../../rehearsal/terraform/plan-json';
import { Planner } from './planner';
import type { Configuration, Mutation, Mutations } from './real-plans';

/** A mutation and what the rehearsal would do. */
export interface Judged {
  readonly mutation: Mutation;
  readonly verdict: Mutation['verdict'];
}

const addressOf = ({ type, resource }: Mutation): string => `${type}.${resource}`;

/**
 * Judges each mutation. No resource of the configuration refers to another, so that one plan judges one mutation of each of them; where a
 * plan has errors, it is made again without those mutations.
 */
export async function judge({ configuration, state, mutations }: Mutations): Promise<Judged[]> {
  const planner = await Planner.open(configuration, state);
  try {
    const judged: Judged[] = [];
    for (const round of roundsOf(mutations))
      judged.push(...(await judgeRound(planner, configuration, round)));
    return judged;
  } finally {
    await planner.close();
  }
}

/** One mutation of each resource at a time. */
function roundsOf(mutations: readonly Mutation[]): Mutation[][] {
  const rounds: Mutation[][] = [];
  const seen = new Map<string, number>();
  for (const mutation of mutations) {
    const at = seen.get(addressOf(mutation)) ?? 0;
    seen.set(addressOf(mutation), at + 1);
    (rounds[at] ??= []).push(mutation);
  }
  return rounds;
}

async function judgeRound(
  planner: Planner,
  configuration: Configuration,
  round: readonly Mutation[],
): Promise<Judged[]> {
  const { plan, diagnostics } = await planner.plan(round.reduce(mutated, configuration));
  const changes = new Map(plan?.resource_changes?.map(({ address, change }) => [address, change]));
  if (plan)
    return round.map(mutation => ({ mutation, verdict: verdictOf(changes.get(addressOf(mutation))) }));
  const refused = new Set(
    diagnostics.filter(({ severity }) => severity === 'error').map(({ address }) => address),
  );
  const failing = round.filter(mutation => refused.has(addressOf(mutation)));
  if (failing.length === 0) throw new Error(diagnostics[0]?.summary ?? 'the plan failed without a word');
  const others = round.filter(mutation => !failing.includes(mutation));
  const rest = others.length > 0 ? await judgeRound(planner, configuration, others) : [];
  return [...failing.map(mutation => ({ mutation, verdict: 'error' as const })), ...rest];
}

function verdictOf(change: Change | undefined): Mutation['verdict'] {
  const actions = change?.actions ?? [];
  if (actions.includes('delete') && actions.includes('create')) return 'replace';
  return actions.includes('update') ? 'update' : 'noop';
}

function mutated(configuration: Configuration, { type, resource, path, to }: Mutation): Configuration {
  const ofType = configuration['resource']?.[type] as Readonly<Record<string, unknown>> | undefined;
  const changed = withValue(ofType?.[resource], path, to);
  return {
    ...configuration,
    resource: { ...configuration['resource'], [type]: { ...ofType, [resource]: changed } },
  };
}

function withValue(value: unknown, [step, ...rest]: Mutation['path'], to: unknown): unknown {
  if (step === undefined) return to;
  // A block of which there is one stands without its list.
  if (typeof step === 'number' && !Array.isArray(value)) return withValue(value, rest, to);
  if (Array.isArray(value))
    return typeof step === 'number'
      ? value.map((each, i) => (i === step ? withValue(each, rest, to) : (each as unknown)))
      : value.map((each, i) => (i === 0 ? withValue(each, [step, ...rest], to) : (each as unknown)));
  const inner = value as Readonly<Record<string, unknown>>;
  return { ...inner, [step]: withValue(inner[String(step)], rest, to) };
}
