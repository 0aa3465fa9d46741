import { dirname, join } from 'node:path';
import { ControlPlane } from '../../../../rehearsal/azure/control-plane';
import { Faults } from '../../../../rehearsal/azure/faults';
import { Store } from '../../../../rehearsal/azure/store';
import { decodeValue, encodeValue, fromJson } from '../../../../rehearsal/protocol/codec';
import type { ObjectValue, Type } from '../../../../rehearsal/protocol/value';
import { AzurermProvider } from '../../../../rehearsal/providers/azurerm/azurerm';
import { azurermCatalogue } from '../../../../rehearsal/schema/catalogue';
import type { SchemaCatalogue } from '../../../../rehearsal/schema/catalogue';
import type { Block } from '../../../../rehearsal/schema/schema';
import { blockType } from '../../../../rehearsal/schema/schema';

const subscriptionPath = '00000000-0000-0000-0000-000000000000';
const groupId = `/subscriptions/${subscriptionPath}/resourceGroups/rg`;
const frameworks = ['@cdktf', '@cdktn'];

/** One type in so many is taken, always the same ones; BERTH_SWEEP=1 takes all, in about ten seconds. */
const sample = Number(process.env['BERTH_SWEEP'] ?? 12);

/** The least that a configuration of a level must say. */
function least({ attributes, blocks }: Block): Record<string, unknown> {
  const required = Object.entries(attributes).filter(([, attribute]) => attribute.required);
  const needed = Object.entries(blocks).filter(([, nested]) => nested.min > 0);
  return Object.fromEntries([
    ...required.map(([name, { type }]): [string, unknown] => [name, sampleOf(name, type)]),
    ...needed.map(([name, { nesting, block }]): [string, unknown] => [
      name,
      nesting === 'SINGLE' ? least(block) : [least(block)],
    ]),
  ]);
}

/** Ids are of a type that no table knows, so that nothing is refused because it is not there. */
function sampleOf(name: string, type: Type): unknown {
  if (type === 'string') {
    if (name === 'resource_group_name') return 'rg';
    if (name === 'type') return 'SystemAssigned';
    return /_id$|^scope$/.test(name) ? `${groupId}/providers/Microsoft.Other/things/x` : 'x';
  }
  if (type === 'number') return 1;
  if (type === 'bool') return true;
  return Array.isArray(type) && (type[0] === 'list' || type[0] === 'set') ? [] : {};
}

const catalogueOf = (framework: string) =>
  azurermCatalogue(join(dirname(require.resolve(`${framework}/provider-azurerm/package.json`)), 'lib'));

/** Other types of each framework. */
const sampled = frameworks.flatMap((framework, nth) => {
  const catalogue = catalogueOf(framework);
  const resources = catalogue.types.filter(type => !type.startsWith('data.'));
  const types = resources.filter((_, i) => i % sample === (nth * 5) % sample);
  return types.map(type => [type, framework, catalogue] as const);
});

function provider(catalogue: SchemaCatalogue): AzurermProvider {
  const store = new Store();
  store.seed({ id: groupId, type: 'azurerm_resource_group', attributes: { name: 'rg' } });
  return new AzurermProvider(catalogue, new ControlPlane(store, new Faults([])), subscriptionPath, new Map());
}

describe('any type of azurerm', () => {
  it.each(sampled)(
    '%s of %s is planned, made, read back unchanged and removed',
    async (type, _, catalogue) => {
      const azurerm = provider(catalogue);
      const wire = blockType(azurerm.resource(type).block);
      const config = fromJson(least(azurerm.resource(type).block) as never, wire) as ObjectValue;
      azurerm.validateResource(type, config);
      const { planned } = azurerm.plan({ type, prior: null, proposed: config, config, kept: '' });
      const sent = decodeValue(encodeValue(planned, wire), wire) as ObjectValue;
      const { value, diagnostics } = await azurerm.apply({ type, prior: null, planned: sent, config });
      const refusals = diagnostics.filter(({ summary }) => !/ParentResourceNotFound/.test(summary));
      expect(refusals).toEqual([]);
      if (diagnostics.length > 0) return;
      const made = value as ObjectValue;
      expect(made['id']).toMatch(/^(\/|https:\/\/|\|)/);
      expect(azurerm.read({ type, current: made, kept: '' }).value).toEqual(made);
      expect(azurerm.plan({ type, prior: made, proposed: made, config, kept: '' })).toMatchObject({
        planned: made,
        replace: [],
      });
      expect(await azurerm.apply({ type, prior: made, planned: null, config: null })).toEqual({
        value: null,
        diagnostics: [],
      });
    },
  );
});
