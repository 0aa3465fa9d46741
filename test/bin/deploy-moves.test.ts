import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { place } from '../../bin/place';
import { refusalOf } from '../../bench/deploy/moments';
import { DeployProject } from '../../bench/deploy/project';
import { onOwnMachines, shopOf, sorter } from '../stacks/small-shop';

/** Each deploy starts a CLI for each stack. */
jest.setTimeout(900_000);

const today = '2026-11-24';
const shop = shopOf(sorter('classifier'));
const model = 'azurerm_cognitive_deployment';
const health = 'azurerm_virtual_machine_run_command';

let directory: string;
let project: DeployProject | undefined;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'berth-moves-'));
  jest.spyOn(process.stdout, 'write').mockImplementation(() => true);
  jest.spyOn(process.stderr, 'write').mockImplementation(() => true);
});
afterEach(async () => {
  jest.restoreAllMocks();
  await project?.close();
  rmSync(directory, { recursive: true });
});

async function placed(file: string, text: string): Promise<void> {
  writeFileSync(file, text);
  await place(file, { today });
}

interface Conditions {
  readonly coming: readonly string[];
  readonly going: readonly { readonly unit: { readonly id: string }; readonly served: boolean }[];
}

/** What comes and goes by the lock of the project. */
function conditions(of: DeployProject): readonly [coming: readonly string[], going: readonly string[]] {
  const file = join(of.directory, 'config', 'environments', 'shop.lock.json');
  const { coming, going } = JSON.parse(readFileSync(file, 'utf8')) as Conditions;
  return [coming, going.map(({ unit, served }) => `${unit.id}${served ? '' : '?'}`)];
}

/** Types of what was made and deleted in the rehearsal, in its order. */
function done(of: DeployProject): string[] {
  return (of.rehearsal.azure?.operations() ?? [])
    .filter(({ outcome }) => outcome === 'done')
    .map(({ action, type }) => `${action} ${type}`);
}

describe('a workload that moves, deployed by the real CLI', () => {
  it('keeps its old place until its new one serves, though that and another stack fail at first and it is placed again and again', async () => {
    const file = join(directory, 'shop.yaml');
    await placed(file, shop);
    project = await DeployProject.open(file, { faults: [{ name: 'server-error', resource: health }] });
    await project.deployDirectly();
    const own = join(project.directory, 'config', 'environments', 'shop.yaml');
    const serves = (): number =>
      (project?.rehearsal.azure?.list() ?? []).filter(each => each.type === model).length;
    expect([serves(), ...conditions(project)]).toEqual([1, ['classifier'], []]);

    // Nobody said that it was deployed, as after the deploy of a pipeline: its state says so.
    await placed(own, shop + onOwnMachines);
    expect(conditions(project)).toEqual([['classifier-1'], ['classifier?']]);
    await project.serve();
    // While the machines come up, the state of another stack cannot be read once it is locked.
    project.states.refuse = refusalOf(new Map([['shop-edge', 'plan']]), () => true);
    const first = await project.berth('deploy', ['--auto-approve']);
    project.states.refuse = undefined;
    expect(first.stdout.trimEnd().split('\n').sort()).toEqual([
      'shop-catalog: deployed',
      'shop-edge: failed; what went wrong is above',
      'shop-hosted: deployed',
      'shop-hosts: failed; what went wrong is above',
      'shop-platform: deployed',
    ]);
    expect([first.status, serves(), project.locks()]).toEqual([6, 1, []]);
    expect(conditions(project)).toEqual([['classifier-1'], ['classifier']]);

    await placed(own, (shop + onOwnMachines).replace('requestsPerDay: 1000', 'requestsPerDay: 1001'));
    expect(conditions(project)).toEqual([['classifier-1'], ['classifier']]);
    const placedMeanwhile = whileDeploying(project, () => place(own, { today }));
    const second = await project.berth('deploy', ['--auto-approve']);
    expect(await placedMeanwhile).toMatch(
      /shop\.lock\.json: it is being deployed since \S+ \(process \d+ on \S+\); place it again when that is done, or remove \S+\.shop\.lock\.json\.deploying if it runs no more$/,
    );
    expect(second.stderr).toContain('classifier: its successors stand, so it is let go');
    expect([second.status, serves(), project.locks()]).toEqual([0, 0, []]);
    expect(conditions(project)).toEqual([[], []]);
    const all = done(project);
    expect(all.indexOf(`create ${health}`)).toBeGreaterThan(-1);
    expect(all.lastIndexOf(`delete ${model}`)).toBeGreaterThan(all.lastIndexOf(`create ${health}`));
  });
});

/** Does something when the first stack of a deploy is being written. @returns why it is refused */
function whileDeploying({ states }: DeployProject, run: () => Promise<void>): Promise<string> {
  return new Promise(done => {
    states.refuse = ({ method }) => {
      if (method === 'POST') {
        states.refuse = undefined;
        run().then(
          () => done('it is done'),
          (error: Error) => done(error.message),
        );
      }
      return Promise.resolve(undefined);
    };
  });
}
