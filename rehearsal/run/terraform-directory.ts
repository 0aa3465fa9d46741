import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseHcl } from '../terraform/hcl';
import type { Blocks } from '../terraform/hcl';
import type { StackJson } from './stack';
import { Unrehearsable } from './unrehearsable';

/**
 * The blocks of a directory of Terraform files, by kind, type and name, as Terraform's JSON syntax has them.
 * @throws Unrehearsable naming each file that is no Terraform
 */
export async function readTerraformDirectory(directory: string): Promise<StackJson> {
  const names = readdirSync(directory).sort();
  const faults: string[] = [];
  const read = await Promise.all(
    names.map(async name => {
      if (!/\.tf(\.json)?$/.test(name)) return {};
      try {
        const text = readFileSync(join(directory, name), 'utf8');
        return name.endsWith('.json') ? (JSON.parse(text) as Blocks) : await parseHcl(name, text);
      } catch (failure) {
        faults.push(`${join(directory, name)}: ${reasonOf(failure)}`);
        return {};
      }
    }),
  );
  if (faults.length > 0) throw new Unrehearsable(faults.join('\n'));
  return read.map(unwrapped).reduce<Blocks>(merged, {}) as StackJson;
}

function reasonOf(failure: unknown): string {
  const message = failure instanceof Error ? failure.message : String(failure);
  return message.split('\n')[0] ?? '';
}

/** How many labels stand before the content of a block, by its kind. */
const labelsOf: Readonly<Record<string, number>> = {
  data: 2,
  ephemeral: 2,
  module: 1,
  resource: 2,
  variable: 1,
  terraform: 0,
};

/** HCL's parser puts the content of every block into a list; of labelled blocks there is one. */
function unwrapped(blocks: Blocks): Blocks {
  return Object.fromEntries(
    Object.entries(blocks).map(([kind, content]) => {
      const labels = labelsOf[kind];
      return [kind, labels === undefined ? content : contentAt(content, labels)];
    }),
  );
}

function contentAt(value: unknown, labels: number): unknown {
  if (labels > 0) {
    if (!isObject(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([label, inner]) => [label, contentAt(inner, labels - 1)]),
    );
  }
  if (!Array.isArray(value)) return value;
  return (value as readonly unknown[]).filter(isObject).map(innerTerraform).reduce(merged, {});
}

/** Blocks of a `terraform` block that are known by one label or none. */
function innerTerraform(content: Blocks): Blocks {
  const inner = (value: unknown): unknown => (Array.isArray(value) && value.length === 1 ? value[0] : value);
  return {
    ...content,
    ...('required_providers' in content ? { required_providers: inner(content['required_providers']) } : {}),
    ...(isObject(content['backend'])
      ? {
          backend: Object.fromEntries(
            Object.entries(content['backend']).map(([type, config]) => [type, inner(config)]),
          ),
        }
      : {}),
  };
}

function merged(into: Blocks, from: Blocks): Blocks {
  const result: Record<string, unknown> = { ...into };
  for (const [key, value] of Object.entries(from)) {
    const before = result[key];
    result[key] = both(before, value);
  }
  return result;
}

/** Two files may each have a block of the same provider. */
function both(before: unknown, value: unknown): unknown {
  if (isObject(before) && isObject(value)) return merged(before, value);
  return Array.isArray(before) && Array.isArray(value) ? [...before, ...value] : value;
}

function isObject(value: unknown): value is Blocks {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
