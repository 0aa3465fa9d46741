import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { resourceText } from './type-text';
import type { SchemaNode } from './type-text';

const root = resolve(__dirname, '../..');
const schemas = join(root, 'rehearsal/facts/arm-schemas');
/** Where the types stand: one file for each ARM type, and one that names them. */
export const armTypes = join(root, 'constructs/azapi/arm');

interface SchemaFile {
  readonly resource: string;
  readonly schema: SchemaNode;
}

/** The files of types, by name, as they follow from the schemas, before they are formatted. */
export function armTypeFiles(): ReadonlyMap<string, string> {
  const all = readdirSync(schemas)
    .filter(name => name.endsWith('.json'))
    .sort()
    .map(name => JSON.parse(readFileSync(join(schemas, name), 'utf8')) as SchemaFile);
  const files = all.map(each => [`${fileOf(each.resource)}.ts`, typeFile(each)] as const);
  return new Map([...files, ['index.ts', indexFile(all.map(({ resource }) => resource))]]);
}

const made = '// Made by `npm run arm-types` from the ARM schemas of rehearsal/facts/arm-schemas.\n\n';

function typeFile({ resource, schema }: SchemaFile): string {
  const text = resourceText(schema);
  const imports = ['AzapiBody', 'AzapiValue', 'Known', 'Value'].filter(name =>
    new RegExp(`\\b${name}\\b`).test(text),
  );
  return (
    made +
    (imports.length > 0 ? `import type { ${imports.join(', ')} } from '../body-values';\n` : '') +
    `\n/** What a request says of \`${resource}\`. */\nexport type ${typeName(resource)} = ${text};\n`
  );
}

function indexFile(resources: readonly string[]): string {
  const imports = resources.map(each => `import type { ${typeName(each)} } from './${fileOf(each)}';\n`);
  const lines = resources.map(
    each => `/** As its schema says it. */\nreadonly '${each}': ${typeName(each)};`,
  );
  return `${made}${imports.join('')}
/** What requests say of the ARM types that are typed, by type and API version. A type that is not here takes any body. */
export interface ArmResources {\n${lines.join('\n')}\n}\n`;
}

/** `accounts-deployments-2025-12-01` of `Microsoft.CognitiveServices/accounts/deployments@2025-12-01`. */
function fileOf(resource: string): string {
  const [type = '', version = ''] = resource.replace('Microsoft.', '').split('@');
  const words = type.replace(/([a-z])([A-Z])/g, '$1-$2').replaceAll(/[/.]/g, '-');
  return `${words}-${version}`.toLowerCase();
}

function typeName(resource: string): string {
  return fileOf(resource)
    .split('-')
    .map(word => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}
