import { LockError, lockFile, recordOutput, recordProblem } from '../config';
import type { PreparedStacks } from './stack-command';

/**
 * Refuses to deploy a lock over what a later one deployed, or a newer Berth: what they added would be destroyed as if nobody wanted it.
 * @throws {LockError} naming each stack
 */
export async function checkRecords({ file, lock, stacks, terraform }: PreparedStacks): Promise<void> {
  const problems: string[] = [];
  for (const stack of stacks) {
    const recorded = (await terraform.state(stack))?.outputs[recordOutput];
    const problem = recordProblem(stack.name, recorded, lock, lockFile(file));
    if (problem !== undefined) problems.push(problem);
  }
  if (problems.length === 0) return;
  throw new LockError([...problems, 'nothing was deployed; --allow-older deploys it all the same']);
}
