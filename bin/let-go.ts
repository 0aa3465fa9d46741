import { keptIn, lettingGo, usersOf } from '../config';
import type { Decision, Deployed, GoingUnit, Salvaged } from '../config';
import { UsageError } from './usage-error';

/**
 * What a lock hands on, without what is let go by name.
 * @throws UsageError where there is no such thing, or somebody uses it
 */
export function withLetGo(
  salvaged: Salvaged | undefined,
  names: readonly string[] | undefined,
): Salvaged | undefined {
  if (!names) return salvaged;
  const { deployed } = salvaged?.previous ?? {};
  const known = deployed ? keptIn(deployed) : [];
  const unknown = names.filter(name => !known.some(kept => kept.name === name));
  if (!salvaged || !deployed || unknown.length > 0) {
    const allowed = known.map(({ name }) => name).join(', ') || 'nothing';
    throw new UsageError(`--let-go: ${allowed} is kept and may be let go, got '${unknown.join(', ')}'`);
  }
  if (!salvaged.before)
    throw new UsageError(
      '--let-go: a lock that can be read whole is needed, to know who uses it; place without it first',
    );
  checkUnused(names, deployed, salvaged.before, salvaged.previous.going, 'serves');
  const left = known
    .filter(({ name }) => names.includes(name))
    .reduce<Deployed>((all, kept) => lettingGo(all, kept), deployed);
  return { ...salvaged, previous: { ...salvaged.previous, deployed: left } };
}

/** @throws UsageError naming who uses what is to be let go */
export function checkUnused(
  names: readonly string[],
  deployed: Deployed,
  decision: Pick<Decision, 'units' | 'placements'>,
  going: readonly GoingUnit[],
  verb: 'serves' | 'would serve',
): void {
  const problems = keptIn(deployed).flatMap(kept => {
    const users = names.includes(kept.name) ? usersOf(kept, decision, going) : [];
    return users.length > 0
      ? [
          `--let-go: ${kept.name} ${verb} ${users.join(', ')}; place it elsewhere and deploy that first, then let it go`,
        ]
      : [];
  });
  if (problems.length > 0) throw new UsageError(problems.join('\n'));
}
