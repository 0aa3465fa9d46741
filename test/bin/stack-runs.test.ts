import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runSentence, runStacks } from '../../bin/stack-runs';

it('two deploys at once: the one that comes second to a state says so, and does nothing', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'berth-locked-'));
  const file = join(directory, 'cli.js');
  const said = 'Error: Error acquiring the state lock';
  writeFileSync(file, `console.error(process.argv[3] + '  ${said}'); process.exit(1);`);
  const told: string[] = [];
  try {
    const [run] = await runStacks([{ name: 'dev-hosts', dependencies: [] }], {
      command: 'deploy',
      cli: { file } as Parameters<typeof runStacks>[1]['cli'],
      directory,
      environment: process.env,
      args: [],
      asks: false,
      tell: line => told.push(line),
      wasDismissed: () => Promise.resolve(false),
    });
    expect(told).toEqual([`dev-hosts  ${said}`]);
    expect(run).toEqual({ name: 'dev-hosts', outcome: 'failed', locked: true });
    expect(run && runSentence(run)).toBe(
      'dev-hosts: failed, because another deploy or destroy is at it: nothing was done; wait for it, and run this again',
    );
  } finally {
    rmSync(directory, { recursive: true });
  }
});
