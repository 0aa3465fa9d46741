import { readsKey } from '../providers/azapi/reads';
import type { OutputReads, Way } from '../providers/azapi/reads';
import { contentsOf } from './stack';
import type { Stack, StackJson } from './stack';

/** What stacks read of the `output` of each kind of azapi's resources and data sources, as far as their types stand in the code. */
export function outputReads(stacks: readonly Stack[]): OutputReads {
  const reads = new Map<string, Way[]>();
  for (const content of stacks.flatMap(contentsOf)) {
    for (const [, data, kind = '', label = '', way = ''] of JSON.stringify(content).matchAll(reference)) {
      const block = blockOf(data === undefined ? content.resource : content.data, kind, label);
      if (!block) continue;
      const key = readsKey(`${data ?? ''}${kind}`, block['type'], block['action']);
      reads.set(key, [...(reads.get(key) ?? []), steps(way)]);
    }
  }
  return reads;
}

/** An attribute, an index or a quoted key, as it stands in the JSON of a configuration. */
const reference =
  /(data\.)?\b(azapi_\w+)\.([\w-]+)(?:\[[^\]]*\])?\.(?:sensitive_)?output\)?((?:\.[A-Za-z_]\w*|\[\d+\]|\[\\"[^"\\]+\\"\])+)/g;

function steps(way: string): Way {
  return [...way.matchAll(/\.(\w+)|\[(\d+)\]|\[\\"([^"\\]+)\\"\]/g)].map(([, name, index, key]) =>
    index === undefined ? (name ?? key ?? '') : Number(index),
  );
}

function blockOf(
  blocks: StackJson['resource'] | StackJson['data'],
  kind: string,
  label: string,
): Readonly<Record<string, unknown>> | undefined {
  return (blocks?.[kind] as Readonly<Record<string, Readonly<Record<string, unknown>>>> | undefined)?.[label];
}
