import type { Workload } from '../config/environment';
import type { Judgement, Remedy } from './verdict';

/** What may be taken for granted, each with all before it: what the team can arrange, and what is likely and it can confirm. */
const grants = ['arrange', 'confirm'] as const;

export type Grant = (typeof grants)[number];

/** By name of a workload. */
export type Granted = ReadonlyMap<string, Grant>;

/** What more could be granted, the least first. */
export function grantsBeyond(grant: Grant | undefined): readonly Grant[] {
  return grants.slice(grant === undefined ? 0 : grants.indexOf(grant) + 1);
}

/** These workloads, each with the next that could be granted to it; those to whom all is granted are left out. */
export function nextGrants(names: readonly string[], granted: Granted | undefined): Granted {
  return new Map(
    names.flatMap(name => {
      const [grant] = grantsBeyond(granted?.get(name));
      return grant ? [[name, grant] as const] : [];
    }),
  );
}

export function isGranted(how: Remedy['how'] | undefined, grant: Grant | undefined): boolean {
  return how !== undefined && how !== 'measure' && grant !== undefined && !grantsBeyond(grant).includes(how);
}

/** What was granted, by what has to be stated for it. */
export function grantedIn(
  toState: readonly { readonly how: Remedy['how']; readonly workloads: readonly string[] }[],
): Granted {
  return new Map(
    grants.flatMap(grant =>
      toState.flatMap(({ how, workloads }) =>
        how === grant ? workloads.map(name => [name, grant] as const) : [],
      ),
    ),
  );
}

/** What is taken for granted for a workload passes; its remedy stays beside it. */
export function settled(
  judgement: Judgement,
  { name }: Pick<Workload, 'name'>,
  granted: Granted | undefined,
): Judgement {
  const how = judgement?.remedy?.how;
  if (!judgement || !isGranted(how, granted?.get(name))) return judgement;
  return { ...judgement, verdict: 'pass', ...(how === 'confirm' ? { estimated: true } : {}) };
}
