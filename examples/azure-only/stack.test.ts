import { App } from 'cdktf';
import { costChanges, openRehearsal, planSnapshot, rehearse, terraformMatchers } from 'cdktf-berth/testing';
import type { Rehearsal } from 'cdktf-berth/testing';
import { WebStack } from './stack';
import type { WebStackProps } from './stack';

jest.setTimeout(60_000);
expect.extend(terraformMatchers);

const web = (props: Partial<WebStackProps> = {}): WebStack =>
  new WebStack(new App({ stackTraces: false }), 'web', { owner: 'platform', ...props });

describe('what the stack synthesises', () => {
  it('is a small machine that only an SSH key opens', () => {
    expect(web()).toSynthesiseResource('azurerm_linux_virtual_machine', {
      size: 'Standard_B2s',
      admin_ssh_key: { username: 'operator' },
      os_disk: { disk_size_gb: 30 },
    });
    expect(web()).not.toSynthesiseResource('azurerm_public_ip');
    expect(web()).toSynthesiseOutput('address');
  });
});

describe('the life of the stack', () => {
  it('is a deploy, an empty second plan, a drift that is repaired and a destroy, without an account', async () => {
    const result = await rehearse(web());
    expect(result.findings).toEqual([]);
    expect(planSnapshot(result)).toMatchSnapshot();
    expect(result.stacks[0]?.outputs.address?.value).toMatch(/^10\.20\.1\.\d+$/);
    expect(result.structureOnly).toEqual([]);
  });
});

describe('a change of the deployed stack', () => {
  let rehearsal: Rehearsal;
  beforeAll(async () => {
    rehearsal = await openRehearsal(web());
    expect((await rehearsal.deploy()).map(({ ok }) => ok)).toEqual([true]);
  });
  afterAll(() => rehearsal.close());

  async function planOf(props: Partial<WebStackProps>) {
    await rehearsal.use(web(props));
    return rehearsal.plan();
  }

  it('is none when nothing changed', async () => {
    expect(await planOf({})).toHaveNoChanges();
  });

  it('of the size is in place, and costs', async () => {
    const plan = await planOf({ size: 'Standard_D4s_v5' });
    expect(plan).toHaveNoReplacement();
    expect(plan).not.toHaveNoCostChanges();
    expect(costChanges(plan).flatMap(({ attributes }) => attributes)).toEqual([
      { path: 'size', before: '"Standard_B2s"', after: '"Standard_D4s_v5"' },
    ]);
  });

  it('of a port shows as its rule and its line of the script', async () => {
    const plan = await planOf({ ports: [443, 8443] });
    expect(plan).toHaveNoDestroy();
    expect(plan).toHaveNoCostChanges();
    expect(planSnapshot(plan)).toMatchSnapshot();
  });

  it('of the name replaces the machine', async () => {
    expect(await planOf({ machineName: 'vm-shop' })).not.toHaveNoReplacement();
  });
});
