/** A part of a JSON Schema, as far as zod writes one for an environment. */
interface Schema {
  readonly type?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly additionalProperties?: Schema | boolean;
  readonly anyOf?: readonly Schema[];
}

/** An object of an environment, by where it stands. */
interface Part {
  readonly path: string;
  readonly schema: Schema;
}

/** Keys of an environment without a description, by path. */
export function undescribed(root: object): string[] {
  return partsOf(root as Schema).flatMap(({ path, schema }) =>
    Object.entries(schema.properties ?? {})
      .filter(([, { description }]) => description === undefined)
      .map(([key]) => (path === '' ? key : `${path}.${key}`)),
  );
}

/** What docs/environment.md says of each key, from the JSON Schema that is made of the parser's own. */
export function environmentReference(root: object): string {
  const seen = new Map<string, string>();
  return partsOf(root as Schema)
    .flatMap(({ path, schema }) => {
      const content = JSON.stringify(schema.properties);
      const same = seen.get(content);
      const heading = `## ${path === '' ? 'The file' : `\`${path}\``}`;
      if (same !== undefined) return [`${heading}\n\nThe keys of \`${same}\`.\n`];
      seen.set(content, path);
      const rows = Object.entries(schema.properties ?? {}).map(([key, value]) =>
        row(key, value, schema.required?.includes(key) ?? false),
      );
      return [[heading, '', '| key | value | what it says |', '| --- | --- | --- |', ...rows, ''].join('\n')];
    })
    .join('\n');
}

/** Every object, those inside behind what they are in. */
function partsOf(schema: Schema, path = ''): Part[] {
  const own = schema.properties ? [{ path, schema }] : [];
  const within = Object.entries(schema.properties ?? {}).flatMap(([key, value]) =>
    partsOf(value, path === '' ? key : `${path}.${key}`),
  );
  const items = schema.items ? partsOf(schema.items, `${path}[]`) : [];
  const { additionalProperties: more } = schema;
  const named = typeof more === 'object' ? partsOf(more, `${path}.<name>`) : [];
  return [
    ...own,
    ...within,
    ...items,
    ...named,
    ...(schema.anyOf ?? []).flatMap(each => partsOf(each, path)),
  ];
}

function row(key: string, schema: Schema, isRequired: boolean): string {
  const { description = '' } = schema;
  const known =
    schema.default !== undefined && !/Default:/.test(description) && typeof schema.default !== 'object';
  const end = known ? ` Default: ${JSON.stringify(schema.default)}.` : '';
  const cells = [`\`${key}\`${isRequired ? ', required' : ''}`, valueOf(schema), `${description}${end}`];
  return `| ${cells.map(cell => cell.replace(/\|/g, '\\|').replace(/<(?=\w)/g, '\\<')).join(' | ')} |`;
}

/** What a value may be, in words. */
function valueOf(schema: Schema): string {
  const { anyOf, items, additionalProperties: more } = schema;
  if (anyOf) return [...new Set(anyOf.map(valueOf))].join(', or ');
  if (schema.enum) return schema.enum.map(each => `\`${String(each)}\``).join(', ');
  if (schema.const !== undefined) return `\`${String(schema.const)}\``;
  if (items) return `list${schema.minItems ? ` of ${schema.minItems} or more` : ''}: ${valueOf(items)}`;
  if (typeof more === 'object') return `by name: ${valueOf(more)}`;
  const words: Readonly<Record<string, string>> = {
    string: 'text',
    integer: 'whole number',
    object: 'object',
    boolean: '`true`, `false`',
    null: '`null`',
  };
  return `${words[schema.type ?? ''] ?? schema.type ?? 'any'}${rangeOf(schema)}`;
}

function rangeOf({ minimum, exclusiveMinimum, maximum = Infinity }: Schema): string {
  const isBounded = maximum < Number.MAX_SAFE_INTEGER;
  if (isBounded) return ` from ${minimum ?? exclusiveMinimum ?? 'any'} to ${maximum}`;
  if (exclusiveMinimum !== undefined) return ` above ${exclusiveMinimum}`;
  return minimum !== undefined && minimum > -Number.MAX_SAFE_INTEGER ? ` from ${minimum}` : '';
}
