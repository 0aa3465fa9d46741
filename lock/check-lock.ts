import type { Catalog } from '../catalog';
import type { Environment } from '../config/environment';
import type { Finding } from '../config/parse/problem';
import { checkFacts } from './check-facts';
import { checkMoved } from './check-moved';
import { deviceProblems } from './devices';
import { differencesOf, plain } from './differences';
import { factsOf } from './facts';
import type { Lock } from './lock';
import { settled } from './platform';
import { shown } from '../text/shown';

/**
 * Why a lock may not be built; empty when it may. Everything in it must be what its offers, sizes, recorded prices and
 * facts give, and what it chose must still satisfy the environment. Today's prices and better choices do not count,
 * because a deploy decides nothing.
 *
 * @param written the environment as its file has it
 */
export function checkLock(written: Environment, lock: Lock, catalog: Catalog): string[] {
  return lockFindings(written, lock, catalog).map(({ message }) => message);
}

/** The same, each with the place in the lock that it is about. */
export function lockFindings(written: Environment, lock: Lock, catalog: Catalog): Finding[] {
  const { decision, facts } = lock;
  const environment = settled(written, lock.deployed.platform);
  const strange =
    decision.environment === environment.name
      ? []
      : [
          {
            path: ['decision', 'environment'],
            message: `the lock is of the environment ${shown(decision.environment)}, and this is ${environment.name}`,
          },
        ];
  const wrong = [
    ...checkFacts(lock, catalog),
    ...deviceProblems(environment, lock.deployed.devices ?? {}, decision),
  ];
  if (wrong.length > 0 || differencesOf(plain(facts), plain(factsOf(environment))).length === 0)
    return [...strange, ...wrong];
  return [...strange, ...checkMoved(environment, lock, catalog)];
}
