import type { Store } from '../../azure/store';
import { hexOf } from '../../azure/uuid';

/** Azure keeps the first four addresses of a subnet and the last one (Microsoft Learn, "Virtual network FAQ"). */
const reservedFirst = 4;
const reserved = 5;

/** An address in a subnet for this resource, always the same one. An unknown subnet gives one of 192.0.2.0/24, a range for examples. */
export function addressIn(store: Store, subnetId: string, id: string): string {
  const prefixes = store.get(subnetId)?.attributes['address_prefixes'];
  const prefix = Array.isArray(prefixes) && typeof prefixes[0] === 'string' ? prefixes[0] : '192.0.2.0/24';
  const [network = '', bits = '24'] = prefix.split('/');
  const room = Math.max(1, 2 ** (32 - Number(bits)) - reserved);
  const offset = reservedFirst + (parseInt(hexOf(8, id), 16) % room);
  const base = network.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0);
  return [24, 16, 8, 0].map(shift => Math.floor((base + offset) / 2 ** shift) % 256).join('.');
}
