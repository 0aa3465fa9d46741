import type { Device } from '../device';
import type { PlanJson } from '../terraform/plan-json';

/** What of a device Terraform is told, by the end of the variable's name. */
interface Connection {
  readonly host: unknown;
  readonly port: unknown;
  readonly host_key: unknown;
}

/**
 * A plan as it would be for the devices that the code names: a rehearsed one has another address and key each time, and says
 * nothing of the code.
 * @param devices rehearsed devices by the beginning of their variables' names
 */
export function asWritten(plan: PlanJson, devices: ReadonlyMap<string, Device>): PlanJson {
  const declared = plan.configuration?.root_module?.variables ?? {};
  const written = new Map(
    [...devices].map(([name, device]): [string, Connection] => {
      const of = (what: string): unknown => declared[`${name}_${what}`]?.default ?? `<${what} of ${name}>`;
      return [device.hostKey, { host: of('host'), port: of('port'), host_key: of('host_key') }];
    }),
  );
  return devices.size === 0 ? plan : (replaced(plan, written) as PlanJson);
}

function replaced(value: unknown, written: ReadonlyMap<string, Connection>): unknown {
  if (Array.isArray(value)) return value.map(each => replaced(each, written));
  if (typeof value !== 'object' || value === null) return value;
  const { host_key: key } = value as { readonly host_key?: unknown };
  const inner = Object.entries(value).map(([name, each]) => [name, replaced(each, written)] as const);
  return {
    ...(Object.fromEntries(inner) as Readonly<Record<string, unknown>>),
    ...(typeof key === 'string' ? written.get(key) : undefined),
  };
}
