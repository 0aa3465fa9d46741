import { existsSync, readFileSync } from 'node:fs';
import type { Output } from './json-ui';

/** A managed resource as a state has it. */
export interface DeployedResource {
  /** For example `azurerm_subnet.models["a"]`. */
  readonly address: string;
  /** Type of the resource in Terraform. */
  readonly type: string;
  /** In Terraform's names. Sensitive ones are left out. */
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** What a local state holds. */
export interface State {
  readonly deployed: readonly DeployedResource[];
  /** Addresses of the managed resources. */
  readonly resources: readonly string[];
  /** Those of them whose creation failed half-way. */
  readonly tainted: readonly string[];
  readonly outputs: Readonly<Record<string, Output>>;
}

interface StateFile {
  readonly outputs?: Readonly<Record<string, { readonly value: unknown; readonly sensitive?: boolean }>>;
  readonly resources?: readonly {
    readonly module?: string;
    readonly mode: 'managed' | 'data';
    readonly type: string;
    readonly name: string;
    readonly instances: readonly {
      readonly index_key?: string | number;
      readonly status?: 'tainted';
      readonly attributes?: Readonly<Record<string, unknown>>;
      readonly sensitive_attributes?: readonly (readonly Step[])[];
    }[];
  }[];
}

/** A step of the path to a sensitive attribute. */
type Step =
  | { readonly type: 'get_attr'; readonly value: string }
  | { readonly type: 'index'; readonly value: { readonly value: string | number } };

/** Reads a local state file (format version 4); a state that was never written is empty. Sensitive values stay there. */
export function readState(path: string): State {
  return parseState(existsSync(path) ? readFileSync(path, 'utf8') : '');
}

/** The same of the text of a state, as `terraform state pull` prints it. */
export function parseState(text: string): State {
  if (text.trim() === '') return { deployed: [], resources: [], tainted: [], outputs: {} };
  const { outputs = {}, resources = [] } = JSON.parse(text) as StateFile;
  const instances = resources
    .filter(({ mode }) => mode === 'managed')
    .flatMap(({ module, type, name, instances: all }) =>
      all.map(({ index_key: key, status, attributes = {}, sensitive_attributes: sensitive = [] }) => {
        const base = `${module ? `${module}.` : ''}${type}.${name}`;
        const address = key === undefined ? base : `${base}[${JSON.stringify(key)}]`;
        return {
          address,
          type,
          status,
          attributes: withoutPaths(plainValues(attributes), sensitive.map(keysOf)),
        };
      }),
    );
  return {
    deployed: instances.map(({ address, type, attributes }) => ({ address, type, attributes })),
    resources: instances.map(({ address }) => address),
    tainted: instances.filter(({ status }) => status === 'tainted').map(({ address }) => address),
    outputs: Object.fromEntries(
      Object.entries(outputs).map(([name, { value, sensitive = false }]) => [
        name,
        sensitive ? { sensitive } : { sensitive, value },
      ]),
    ),
  };
}

function keysOf(path: readonly Step[]): string[] {
  return path.map(step => (step.type === 'index' ? String(step.value.value) : step.value));
}

/** Attributes of any type are kept with their type beside them: `{"value": {"n": 1}, "type": ["object", …]}`. */
function plainValues(attributes: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [name, isTyped(value) ? value.value : value]),
  );
}

function isTyped(value: unknown): value is { readonly value: unknown } {
  if (!isObject(value) || Object.keys(value).sort().join() !== 'type,value') return false;
  return Array.isArray(value.type) || ['string', 'number', 'bool'].includes(value.type as string);
}

/** A copy without what is at these paths. */
function withoutPaths(
  value: Readonly<Record<string, unknown>>,
  paths: readonly (readonly string[])[],
): Record<string, unknown> {
  const copy = structuredClone(value) as Record<string, unknown>;
  for (const path of paths) {
    const last = path.at(-1);
    const parent = path.slice(0, -1).reduce<unknown>((at, key) => (isObject(at) ? at[key] : undefined), copy);
    if (last !== undefined && isObject(parent)) Reflect.deleteProperty(parent, last);
  }
  return copy;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
