import { existsSync, readFileSync } from 'node:fs';
import type { Output } from './json-ui';

/** What a local state holds. */
export interface State {
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
    readonly instances: readonly { readonly index_key?: string | number; readonly status?: 'tainted' }[];
  }[];
}

/** Reads a local state file (format version 4); a state that was never written is empty. Sensitive values stay there. */
export function readState(path: string): State {
  if (!existsSync(path)) return { resources: [], tainted: [], outputs: {} };
  const { outputs = {}, resources = [] } = JSON.parse(readFileSync(path, 'utf8')) as StateFile;
  const instances = resources
    .filter(({ mode }) => mode === 'managed')
    .flatMap(({ module, type, name, instances: all }) =>
      all.map(({ index_key: key, status }) => {
        const address = `${module ? `${module}.` : ''}${type}.${name}`;
        return { address: key === undefined ? address : `${address}[${JSON.stringify(key)}]`, status };
      }),
    );
  return {
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
