import type { Snapshot } from '../../../rehearsal/reliability/snapshot';
import { problemsOf } from '../../../rehearsal/reliability/verdict';
import type { Operation, SimulatedResource } from '../../../rehearsal/simulation';

const group: SimulatedResource = { id: '/g', type: 'azurerm_resource_group', attributes: { name: 'g' } };
const vault: SimulatedResource = { id: '/g/v', type: 'azurerm_key_vault', attributes: { name: 'v' } };

const state = (resources: readonly SimulatedResource[], outputs: object = {}): string =>
  JSON.stringify({
    outputs,
    resources: resources.map(({ id, type }) => ({
      mode: 'managed',
      type,
      name: 'x',
      instances: [{ attributes: { id } }],
    })),
  });

const at = (
  resources: readonly SimulatedResource[],
  inState = resources,
  outputs: object = {},
): Snapshot => ({
  resources,
  softDeleted: [],
  states: new Map([['s.tfstate', state(inState, outputs)]]),
});

const done = (action: Operation['action'], { id, type }: SimulatedResource): Operation => ({
  action,
  id,
  type,
  outcome: 'done',
});

const whole = at([group, vault]);

describe('the verdict on a deploy that was run again', () => {
  it.each<readonly [string, Snapshot, readonly Operation[], readonly string[]]>([
    ['all is as without faults', whole, [done('create', group), done('create', vault)], []],
    [
      'a resource was deleted and created again',
      whole,
      [done('create', vault), done('delete', vault), done('create', vault)],
      [],
    ],
    [
      'a failed create was repeated',
      whole,
      [{ ...done('create', vault), outcome: 'failed' }, done('create', vault)],
      [],
    ],
    [
      'a resource was created twice',
      whole,
      [done('create', vault), done('update', vault), done('create', vault)],
      ['created twice: azurerm_key_vault /g/v'],
    ],
    [
      'a resource is in no state',
      at([group, vault], [group]),
      [],
      ['orphaned, in Azure and in no state: azurerm_key_vault /g/v'],
    ],
    [
      'a resource is in the state only',
      at([group], [group, vault]),
      [],
      ['in a state and not in Azure: azurerm_key_vault /g/v', 'missing: azurerm_key_vault /g/v'],
    ],
    [
      'a resource is another one than without faults',
      at([group, { ...vault, attributes: { name: 'w' } }]),
      [],
      ['other attributes than without faults: azurerm_key_vault /g/v'],
    ],
    [
      'a resource is too many',
      at([group, vault, { ...vault, id: '/g/w' }]),
      [],
      ['not there without faults: azurerm_key_vault /g/w'],
    ],
    [
      'an output differs',
      at([group, vault], [group, vault], { uri: { value: 'x' } }),
      [],
      ['the outputs differ from those of a deploy without faults'],
    ],
    [
      'a name is kept',
      { ...whole, softDeleted: [{ id: '/g/v', type: vault.type, name: 'v', keptHours: 1 }] },
      [],
      ['other names are kept in soft delete than without faults'],
    ],
  ])('%s', (_, reached, operations, problems) => {
    expect(problemsOf({ wanted: whole, reached, operations })).toEqual(problems);
  });

  it('counts no data, no resource of another provider and no action', () => {
    const others = JSON.stringify({
      resources: [
        { mode: 'data', type: 'azurerm_subnet', name: 'd', instances: [{ attributes: { id: '/d' } }] },
        { mode: 'managed', type: 'terraform_data', name: 't', instances: [{ attributes: { id: '1' } }] },
        {
          mode: 'managed',
          type: 'azapi_resource_action',
          name: 'a',
          instances: [{ attributes: { id: '/a' } }],
        },
      ],
    });
    const reached = { ...whole, states: new Map([...whole.states, ['t.tfstate', others]]) };
    const wanted = { ...whole, states: reached.states };
    expect(problemsOf({ wanted, reached, operations: [] })).toEqual([]);
  });
});
