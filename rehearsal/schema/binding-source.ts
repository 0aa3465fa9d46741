import { readFileSync } from 'node:fs';

/** How a binding writes one attribute or block out as HCL. */
export interface HclKind {
  readonly isBlock: boolean;
  /** `simple`, `list`, `set`, `map` or `struct`. */
  readonly kind: string;
  /** Storage class, for example `string`, `stringList` or the struct's class name. */
  readonly storage: string;
}

/** One attribute annotation of a binding class, with the code that follows it. */
export interface AttributeSource {
  readonly name: string;
  readonly computed: boolean;
  readonly optional: boolean;
  readonly required: boolean;
  readonly code: string;
}

/** A class of a binding. */
export interface ClassSource {
  readonly name: string;
  /** Base class in the framework, for example `TerraformResource` or `ComplexObject`. */
  readonly base: string;
  readonly body: string;
}

/** The TypeScript source of one binding, cut into its classes and functions. */
export interface BindingSource {
  readonly file: string;
  readonly text: string;
  readonly classes: ReadonlyMap<string, ClassSource>;
  readonly functions: ReadonlyMap<string, string>;
}

const sourceMap = /sourceMappingURL=data:application\/json;(?:charset=utf-8;)?base64,([A-Za-z0-9+/=]+)/;
const classPattern = /^export class (\w+) extends cdkt[fn]\.(\w+) \{\n([\s\S]*?)^\}/gm;
const functionPattern = /^export function (\w+)\([^\n]*\{\n([\s\S]*?)^\}/gm;
const annotation = /\/\/ (\w+) - computed: (\w+), optional: (\w+), required: (\w+)/g;
const hclEntry = /(\w+): \{\s+value: [^\n]+\s+isBlock: (\w+),\s+type: "(\w+)",\s+storageClassType: "(\w+)"/g;

/**
 * Reads the TypeScript source that a compiled binding carries in its inline source map.
 * @throws Error when the file has no such source map.
 */
export function readBinding(file: string): BindingSource {
  const encoded = sourceMap.exec(readFileSync(file, 'utf8'))?.[1];
  if (!encoded) throw new Error(`${file} has no inline source map, so no schema can be read from it`);
  const map = JSON.parse(Buffer.from(encoded, 'base64').toString()) as { sourcesContent: string[] };
  const text = map.sourcesContent.join('\n');
  const classes = [...text.matchAll(classPattern)].map(([, name = '', base = '', body = '']) => ({
    name,
    base,
    body,
  }));
  return {
    file,
    text,
    classes: new Map(classes.map(source => [source.name, source])),
    functions: new Map([...text.matchAll(functionPattern)].map(([, name = '', body = '']) => [name, body])),
  };
}

/** The annotated attributes of a class, in order. */
export function attributesOf(source: ClassSource): readonly AttributeSource[] {
  const declarations = source.body.split('// SYNTHESIS')[0] ?? '';
  const heads = [...declarations.matchAll(annotation)];
  return heads.map((head, i) => ({
    name: head[1] ?? '',
    computed: head[2] === 'true',
    optional: head[3] === 'true',
    required: head[4] === 'true',
    code: declarations.slice(head.index, heads[i + 1]?.index),
  }));
}

/** How a piece of code writes its attributes and blocks out as HCL. */
export function hclKinds(code: string): ReadonlyMap<string, HclKind> {
  return new Map(
    [...code.matchAll(hclEntry)].map(([, name = '', isBlock, kind = '', storage = '']) => [
      name,
      { isBlock: isBlock === 'true', kind, storage },
    ]),
  );
}
