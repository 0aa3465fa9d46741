import { comparePlans } from '../../../rehearsal/terraform/plan-comparison';
import type { PlanJson } from '../../../rehearsal/terraform/plan-json';
import { differenceLine, leafDifferences, leavesOf } from '../../../rehearsal/terraform/plan-leaves';

it('takes a planned resource to single values, with what is known after apply', () => {
  const after = { name: 'a', tags: {}, rules: [{ ports: ['443'], description: null }] };
  const unknown = { id: true, rules: [{ ports: [false] }] };
  expect(Object.fromEntries(leavesOf(after, unknown))).toEqual({
    name: '"a"',
    tags: '{}',
    id: '(known after apply)',
    'rules[0].ports[0]': '"443"',
    'rules[0].description': 'null',
  });
});

it('says where two plans differ', () => {
  const rehearsed = leavesOf({ name: 'a', size: 1, ids: ['x'] }, {});
  const real = leavesOf({ name: 'a', size: 2 }, { ids: true });
  expect(leafDifferences(rehearsed, real)).toEqual([
    { path: 'size', rehearsed: '1', real: '2' },
    { path: 'ids[0]', rehearsed: '"x"', real: undefined },
    { path: 'ids', rehearsed: undefined, real: '(known after apply)' },
  ]);
});

it('compares two plans of one configuration, and shows nothing that one of them hides', () => {
  const planOf = (after: object, hidden: object = {}): PlanJson => ({
    format_version: '1.2',
    resource_changes: [
      {
        address: 'azurerm_thing.a',
        mode: 'managed',
        type: 'azurerm_thing',
        name: 'a',
        change: { actions: ['create'], before: null, after, after_sensitive: hidden },
      },
    ],
  });
  const rehearsed = planOf({ sku: 'S0', key: 'first' });
  const real = planOf({ sku: 'S1', key: 'other', tags: {} }, { key: true });
  const { values, differences } = comparePlans(rehearsed, real);
  expect(values).toBe(3);
  expect(differences.map(each => `${each.address} ${differenceLine(each)}`)).toEqual([
    'azurerm_thing.a sku: "S0", really "S1"',
    'azurerm_thing.a tags: absent, really {}',
  ]);
});
