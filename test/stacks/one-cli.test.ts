import { DeployProject } from '../../bench/deploy/project';
import type { Refusal, StateServer } from '../../bench/deploy/state-server';

/** The CLI deploys five stacks. */
jest.setTimeout(900_000);

const deploy = ['deploy', 'dev-*', '--auto-approve', '--no-color'];

describe("cdktf deploy 'dev-*', without berth", () => {
  it('kills no Terraform and leaves no lock when the edge stack fails while others run, and is finished by the next; a diff needs no key', async () => {
    const project = await DeployProject.open('dev');
    try {
      project.states.refuse = whileOthersRun('dev-edge', project.states);
      const first = await project.cdktf(deploy, { TF_VAR_device_key: '/nowhere/berth' });
      const { requests } = project.states;
      const text = first.stdout + first.stderr;
      expect(text).toMatch(/no file exists at "\/nowhere\/berth"/);
      expect(text).not.toMatch(/killed|SIGKILL/);
      expect(first.status).toBe(1);
      expect(requests.findLast(({ state }) => state === 'dev-edge')?.beside).toBeGreaterThan(0);
      expect(project.locks()).toEqual([]);
      const counts = project.stacks().map(stack => [stack, project.resources(stack)?.length]);
      expect(counts).toEqual([
        ['dev-catalog', 28],
        ['dev-edge', 2],
        ['dev-hosted', 9],
        ['dev-hosts', 24],
        ['dev-platform', 40],
      ]);
      project.states.refuse = undefined;
      const second = await project.cdktf(deploy);
      expect([second.status, project.locks()]).toEqual([0, []]);
      const withoutKey = await project.cdktf(['diff', 'dev-edge', '--no-color'], { HOME: '/nowhere' });
      expect([withoutKey.status, withoutKey.stdout]).toEqual([0, expect.stringContaining('No changes.')]);
      expect(project.locks()).toEqual([]);
    } finally {
      await project.close();
    }
  });
});

/** Lets a stack end only when others that need the platform too are at work, and those only when it has ended. */
function whileOthersRun(stack: string, { requests }: StateServer): Refusal {
  const hasEnded = (): boolean =>
    requests.some(({ state, method }) => state === stack && method === 'UNLOCK');
  return async ({ state, method }, others) => {
    if (method !== 'POST' || state === 'dev-platform') return undefined;
    while (state === stack ? others() === 0 : !hasEnded()) await new Promise(done => setTimeout(done, 20));
    return undefined;
  };
}
