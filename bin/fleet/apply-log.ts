import { parseMessages } from '../../rehearsal/terraform/json-ui';
import type { Message } from '../../rehearsal/terraform/json-ui';
import { shown } from '../../text/shown';
import type { ChangedDevices } from './changed-devices';
import type { Missed } from './rollout';

/** The devices that an apply did not set up, and why: in the words of the device, else of Terraform. */
export function missedIn(log: string, devices: readonly string[], changed: ChangedDevices): Missed[] {
  const lines = parseMessages(log);
  const complete = new Set(lines.filter(({ type }) => type === 'apply_complete').flatMap(addressOf));
  return devices.flatMap(device => {
    const addresses = changed.get(device) ?? [];
    if (addresses.every(each => complete.has(each))) return [];
    return [{ device, because: reasonOf(lines, addresses) }];
  });
}

function addressOf({ hook }: Message): string[] {
  return hook ? [hook.resource.addr] : [];
}

function reasonOf(lines: readonly Message[], addresses: readonly string[]): string {
  const own = lines.filter(line => addressOf(line).some(each => addresses.includes(each)));
  const said = own
    .map(({ hook }) => hook?.output ?? '')
    .filter(output => output.startsWith('berth-device: '));
  const errors = lines.flatMap(({ diagnostic }) => (diagnostic?.severity === 'error' ? [diagnostic] : []));
  const error =
    errors.find(({ address = '' }) => addresses.includes(address)) ??
    errors.find(({ address }) => address === undefined);
  const words = said.at(-1) ?? [error?.summary, error?.detail].filter(Boolean).join(': ');
  return words === '' ? 'Terraform did not say why' : shown(words, 300);
}
