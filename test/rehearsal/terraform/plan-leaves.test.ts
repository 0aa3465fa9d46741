import { leafDifferences, leavesOf } from '../../../rehearsal/terraform/plan-leaves';

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
