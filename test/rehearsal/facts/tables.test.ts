import { dirname, join } from 'node:path';
import { knownTemplates } from '../../../rehearsal/azure/id-templates';
import { attributeRules } from '../../../rehearsal/facts/attribute-rules';
import { conditionalForceNew } from '../../../rehearsal/facts/conditional-force-new';
import { hostNames } from '../../../rehearsal/facts/host-names';
import { valueRules } from '../../../rehearsal/facts/value-rules';
import type { Type } from '../../../rehearsal/protocol/value';
import { azurermCatalogue } from '../../../rehearsal/schema/catalogue';
import { blockType } from '../../../rehearsal/schema/schema';

const catalogue = azurermCatalogue(
  join(dirname(require.resolve('@cdktf/provider-azurerm/package.json')), 'lib'),
);

/** Whether a dotted path leads through objects and collections of a type. */
function leads(type: Type, path: readonly string[]): boolean {
  const [step, ...rest] = path;
  if (step === undefined) return true;
  if (typeof type === 'string' || type[0] === 'tuple') return false;
  if (type[0] !== 'object') return leads(type[1] as Type, path);
  const inner = (type[1] as Readonly<Record<string, Type>>)[step];
  return inner !== undefined && leads(inner, rest);
}

/** Attributes that a table names and azurerm does not have. */
function unknown(names: readonly (readonly [type: string, path: string])[]): readonly string[] {
  return names
    .filter(([type, path]) => !leads(blockType(catalogue.resource(type).block), path.split('.')))
    .map(([type, path]) => `${type} ${path}`);
}

describe('the tables name only attributes that azurerm has', () => {
  it('replacements that depend on values', () => {
    const names = Object.entries(conditionalForceNew).flatMap(([type, rules]) =>
      Object.keys(rules).map(path => [type, path.replace(/\.(\d+|\*)/g, '')] as const),
    );
    expect(unknown(names)).toEqual([]);
  });

  it('values', () => {
    expect(
      unknown(
        Object.entries(valueRules).flatMap(([type, rules]) =>
          Object.keys(rules).map(path => [type, path] as const),
        ),
      ),
    ).toEqual([]);
  });

  it('rules between attributes', () => {
    const named = Object.entries(attributeRules).flatMap(([type, levels]) =>
      levels.flatMap(
        ({ at, exactlyOneOf = [], atLeastOneOf = [], conflicts = [], requiredWith = [], demands = [] }) =>
          [
            ...[...exactlyOneOf, ...atLeastOneOf, ...conflicts, ...requiredWith].flat(),
            ...demands.flatMap(({ when, needs }) => [when.path, needs.path]),
          ].map(path => [type, at === undefined ? path : `${at}.${path}`] as const),
      ),
    );
    expect(named.length).toBeGreaterThan(50);
    expect(unknown(named)).toEqual([]);
  });

  it('addresses', () => {
    const named = Object.entries(hostNames).flatMap(([type, attributes]) =>
      Object.keys(attributes).map(attribute => [type, attribute] as const),
    );
    expect(unknown(named)).toEqual([]);
  });

  it('ids', () => {
    const named = knownTemplates().flatMap(([type, template]) =>
      [...template.matchAll(/\{([^}]+)\}/g)]
        .flatMap(([, expression = '']) => expression.split('/'))
        .filter(part => !/^(rg|sub|uuid|=.*)$/.test(part))
        .map(part => [type, part.split('.')[0] ?? ''] as const),
    );
    expect(named.length).toBeGreaterThan(1000);
    expect(unknown(named)).toEqual([]);
  });
});
