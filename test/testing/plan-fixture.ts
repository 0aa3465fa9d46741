import type { Change, PlanJson, ResourceChange } from '../../rehearsal/run';

/** A plan of resources and outputs, as `terraform show -json` writes it. */
export function plan(
  resources: readonly (Omit<ResourceChange, 'mode' | 'type' | 'name' | 'change'> & {
    change: Partial<Change>;
  })[],
  outputs: Readonly<Record<string, Partial<Change>>> = {},
): PlanJson {
  const whole = (change: Partial<Change>): Change => ({
    actions: ['create'],
    before: null,
    after: null,
    ...change,
  });
  return {
    format_version: '1.2',
    resource_changes: resources.map(({ change, ...rest }) => {
      const [type = '', name = ''] = rest.address.replace(/\[.*/, '').split('.').slice(-2);
      return { mode: 'managed', type, name, ...rest, change: whole(change) };
    }),
    output_changes: Object.fromEntries(
      Object.entries(outputs).map(([name, change]) => [name, whole(change)]),
    ),
  };
}
