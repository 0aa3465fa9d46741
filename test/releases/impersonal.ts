import { uuidOf } from '../../rehearsal/azure/uuid';
import type { ReleasedStack, State } from './release';

/** What synthesised files say of variables. */
interface Variables {
  readonly variable?: Readonly<Record<string, { readonly default?: unknown }>>;
}

/**
 * A stack without what differs from run to run and from machine to machine: random ids, the directory of the project,
 * and the loopback devices of the rehearsal, in whose place stand the devices that the stack is about. What a state
 * has read elsewhere is left out: it is read anew by each plan.
 */
export function impersonal(stack: string, { synthesised, state }: ReleasedStack): ReleasedStack {
  const here = new RegExp(`${process.cwd()}(?=/)`, 'g');
  const portable = <T>(value: T): T => JSON.parse(JSON.stringify(value).replace(here, '.')) as T;
  return { synthesised: portable(synthesised), state: portable(withoutChance(stack, synthesised, state)) };
}

function withoutChance(stack: string, { variable = {} }: Variables, state: State): State {
  const resources = state.resources
    .filter(({ mode }) => mode === 'managed')
    .map(resource => ({
      ...resource,
      instances: resource.instances.map(instance => ({
        ...instance,
        attributes:
          resource.type === 'terraform_data'
            ? realDevice(stack, resource.name, instance.attributes, variable)
            : instance.attributes,
        sensitive_attributes: sorted(instance.sensitive_attributes),
      })),
    }));
  return { ...state, serial: 1, lineage: uuidOf('lineage', stack), check_results: null, resources };
}

/** Terraform writes these in no order. */
function sorted(paths: readonly unknown[]): readonly unknown[] {
  return paths.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

interface Kept {
  readonly value: Readonly<Record<string, unknown>>;
}

/** The connection as the defaults of the variables say it. */
function realDevice(
  stack: string,
  name: string,
  attributes: Readonly<Record<string, unknown>>,
  variables: NonNullable<Variables['variable']>,
): Readonly<Record<string, unknown>> {
  const { input, output } = attributes as { readonly input: Kept; readonly output: Kept };
  const device = String(input.value.unit).replaceAll('-', '_');
  const connection = Object.fromEntries(
    ['host', 'port', 'host_key'].map(key => [key, variables[`${device}_${key}`]?.default]),
  );
  const real = (kept: Kept): Kept => ({ ...kept, value: { ...kept.value, ...connection } });
  return { ...attributes, id: uuidOf(stack, name), input: real(input), output: real(output) };
}
