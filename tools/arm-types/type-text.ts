/** A node of a resolved ARM schema. */
export interface SchemaNode {
  readonly type?: string;
  readonly const?: string;
  readonly enum?: readonly string[];
  readonly knownValues?: readonly string[];
  readonly readOnly?: boolean;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: SchemaNode;
  readonly items?: SchemaNode;
  readonly oneOf?: Readonly<Record<string, SchemaNode>>;
}

/** What azapi has arguments of its own for, or what only Azure says. */
const outsideBody = new Set(['id', 'name', 'type', 'apiVersion']);

/** The TypeScript type of what a request may say: without what is read-only. */
function typeText(node: SchemaNode): string {
  if (node.const !== undefined) return literal(node.const);
  if (node.enum) return `Value<${union(node.enum)}>`;
  if (node.knownValues) return `Known<${union(node.knownValues)}>`;
  switch (node.type) {
    case 'string':
      return 'string';
    case 'integer':
    case 'number':
      return 'Value<number>';
    case 'boolean':
      return 'Value<boolean>';
    case 'array':
      return `readonly (${node.items ? typeText(node.items) : 'AzapiValue'})[]`;
    case 'object':
      return objectText(node);
    default:
      return 'AzapiValue';
  }
}

function objectText(node: SchemaNode): string {
  const own = Object.entries(node.properties ?? {});
  const fields = fieldsText(own, node.required ?? []);
  const variants = Object.values(node.oneOf ?? {}).map(typeText);
  if (own.length === 0 && variants.length === 0)
    return node.additionalProperties
      ? `Readonly<Record<string, ${typeText(node.additionalProperties)}>>`
      : 'AzapiBody';
  if (variants.length === 0) return fields;
  return own.length === 0 ? `(${variants.join(' | ')})` : `(${fields} & (${variants.join(' | ')}))`;
}

function fieldsText(fields: readonly (readonly [string, SchemaNode])[], required: readonly string[]): string {
  const lines = fields
    .filter(([, { readOnly }]) => readOnly !== true)
    .map(([name, node]) => `readonly ${key(name)}${required.includes(name) ? '' : '?'}: ${typeText(node)};`);
  return lines.length === 0 ? 'Readonly<Record<string, never>>' : `{ ${lines.join(' ')} }`;
}

/** The body of a resource, with what azapi has arguments for as well, which a whole request may say. */
export function resourceText({ properties = {}, required = [] }: SchemaNode): string {
  const own = Object.entries(properties).filter(([name]) => !outsideBody.has(name));
  // azapi sends the location that its own argument says.
  return fieldsText(
    own,
    required.filter(name => name !== 'location'),
  );
}

function union(values: readonly string[]): string {
  return values.map(literal).join(' | ');
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "\\'")}'`;
}

function key(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : literal(name);
}
