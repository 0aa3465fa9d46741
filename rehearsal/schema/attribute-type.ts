import type { Type } from '../protocol/value';

const getters: Readonly<Record<string, Type>> = {
  getStringAttribute: 'string',
  getNumberAttribute: 'number',
  getBooleanAttribute: 'bool',
  getListAttribute: ['list', 'string'],
  getNumberListAttribute: ['list', 'number'],
  getStringMapAttribute: ['map', 'string'],
  getBooleanMapAttribute: ['map', 'bool'],
  getNumberMapAttribute: ['map', 'number'],
};

const maps: Readonly<Record<string, Type>> = {
  String: 'string',
  Boolean: 'bool',
  Number: 'number',
  Any: 'dynamic',
};

/** Declared TypeScript types, tried in order: the provider class and raw accessors tell nothing else. */
const declaredTypes: readonly (readonly [RegExp, Type])[] = [
  [/number\[\]\[\]/, ['list', ['list', 'number']]],
  [/boolean/, 'bool'],
  [/string\[\]/, ['list', 'string']],
  [/number\[\]/, ['list', 'number']],
  [/\[key: string\]: string/, ['map', 'string']],
  [/^string/, 'string'],
  [/^number/, 'number'],
];

/** Types of the storage classes with which a provider's inner structs are written. */
export const storageTypes: Readonly<Record<string, Type>> = {
  string: 'string',
  boolean: 'bool',
  number: 'number',
  stringList: ['list', 'string'],
  stringMap: ['map', 'string'],
};

/** The type of a simple attribute, from the accessor code that follows its annotation; undefined when none fits. */
export function simpleType(code: string): Type | undefined {
  const getter = getters[/this\.(get\w+Attribute)\(/.exec(code)?.[1] ?? ''];
  if (getter) return Array.isArray(getter) && code.includes('Fn.tolist(') ? asSet(getter) : getter;
  const map = maps[/new cdkt[fn]\.(String|Boolean|Number|Any)Map\(this,/.exec(code)?.[1] ?? ''];
  if (map) return ['map', map];
  const declared = /private _\w+\??: ([^;]+);/.exec(code)?.[1] ?? '';
  return declaredTypes.find(([pattern]) => pattern.test(declared))?.[1];
}

/** A binding wraps sets in `Fn.tolist`, because it reads them by index. */
function asSet(type: Type): Type {
  return type[0] === 'list' ? ['set', type[1] as Type] : type;
}
