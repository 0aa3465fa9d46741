import type { PlannedChange, StackTerraform } from '../stack-terraform';
import type { Stack } from '../../rehearsal/run';

/** Device to the addresses of its resources that a deploy would change. */
export type ChangedDevices = ReadonlyMap<string, readonly string[]>;

interface Constructed {
  readonly '//'?: { readonly metadata?: { readonly path?: string } };
}

/** The devices of a stack that a deploy would change, by the construct that each resource is in; undefined where no plan can be made. */
export async function changedDevices(
  stack: Stack,
  terraform: StackTerraform,
  args: readonly string[],
): Promise<ChangedDevices | undefined> {
  const devices = devicesIn(stack);
  // One device needs no wave, and so no plan.
  if (devices.length < 2) return new Map();
  const changes = await terraform.plannedChanges(stack, args);
  if (!changes) return undefined;
  const found = new Map(devices.map(device => [device, [] as string[]]));
  for (const { address } of changes.filter(isMade)) found.get(deviceOf(stack, address) ?? '')?.push(address);
  // In the order of the stack; a plan has none.
  return new Map([...found].filter(([, addresses]) => addresses.length > 0));
}

function devicesIn(stack: Stack): string[] {
  const devices = Object.entries(stack.json.resource ?? {}).flatMap(([type, resources]) =>
    Object.keys(resources).flatMap(id => deviceOf(stack, `${type}.${id}`) ?? []),
  );
  return [...new Set(devices)];
}

/** What only goes is no device that is wanted. */
function isMade({ action }: PlannedChange): boolean {
  return ['create', 'update', 'replace'].includes(action);
}

function deviceOf({ json }: Stack, address: string): string | undefined {
  const [type = '', id = ''] = address.split('.');
  if (type !== 'terraform_data') return undefined;
  const { '//': comment } = (json.resource?.[type]?.[id] ?? {}) as Constructed;
  return comment?.metadata?.path?.split('/')[1];
}
