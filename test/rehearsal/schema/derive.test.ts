import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { azurermCatalogue } from '../../../rehearsal/schema/catalogue';
import { deriveSchema } from '../../../rehearsal/schema/derive';
import { blockType } from '../../../rehearsal/schema/schema';

const bindingsLib = join(dirname(require.resolve('@cdktf/provider-azurerm/package.json')), 'lib');

describe('schemas derived from the bindings', () => {
  it('covers every resource and data-source type of the package', () => {
    const folders = readdirSync(bindingsLib).filter(name => existsSync(join(bindingsLib, name, 'index.js')));
    const kinds = folders.map(folder => deriveSchema(join(bindingsLib, folder, 'index.js')).kind);
    const count = (kind: string) => kinds.filter(other => other === kind).length;
    expect({ resource: count('resource'), data: count('data'), provider: count('provider') }).toEqual({
      resource: 1127,
      data: 399,
      provider: 1,
    });
  });

  it('reads attributes, blocks and cardinality of a resource', () => {
    const { block } = azurermCatalogue(bindingsLib).resource('azurerm_cognitive_deployment');
    expect(block.attributes['rai_policy_name']).toEqual({
      type: 'string',
      required: false,
      optional: true,
      computed: false,
    });
    expect(block.blocks['model']).toMatchObject({ nesting: 'LIST', min: 1, max: 1, forceNew: true });
    expect(block.blocks['timeouts']).toMatchObject({ nesting: 'SINGLE', min: 0 });
    expect(block.blocks['sku']?.block.attributes['capacity']).toMatchObject({ type: 'number', default: 1 });
  });

  it('takes blocks that are attributes for attributes', () => {
    const { block } = azurermCatalogue(bindingsLib).resource('azurerm_network_security_group');
    expect(Object.keys(block.blocks)).toEqual(['timeouts']);
    expect(block.attributes['security_rule']?.type).toMatchObject([
      'set',
      ['object', { priority: 'number' }],
    ]);
  });

  it('reads lists of lists', () => {
    const { block } = azurermCatalogue(bindingsLib).data('azurerm_site_recovery_replication_recovery_plan');
    const type = JSON.stringify(blockType(block));
    expect(type).toContain('"post_action":["set",["list",["object"');
  });

  it('adds sensitive flags, ForceNew and the schema version from the facts', () => {
    const schema = azurermCatalogue(bindingsLib).resource('azurerm_key_vault');
    expect(schema.version).toBe(2);
    expect(schema.hasFacts).toBe(true);
    expect(schema.block.attributes['name']).toMatchObject({ forceNew: true });
    const account = azurermCatalogue(bindingsLib).resource('azurerm_cognitive_account');
    expect(account.block.attributes['primary_access_key']).toMatchObject({ sensitive: true });
  });

  it('says so when only the structure of a type is known, and lets its name and place force replacement', () => {
    const schema = azurermCatalogue(bindingsLib).resource('azurerm_search_service');
    expect(schema.hasFacts).toBe(false);
    const forced = Object.entries(schema.block.attributes).filter(([, { forceNew }]) => forceNew);
    expect(forced.map(([name]) => name)).toEqual(['location', 'name', 'resource_group_name']);
  });

  it('names the closest types when a type does not exist', () => {
    expect(() => azurermCatalogue(bindingsLib, ['azurerm_subnett'])).toThrow(
      /^azurerm has no azurerm_subnett; the closest: azurerm_subnet$/,
    );
  });

  it('says what the folder of the bindings must be', () => {
    expect(() => azurermCatalogue('/nowhere')).toThrow(
      '/nowhere holds no azurerm bindings: azurermLib must be the folder lib of @cdktf/provider-azurerm or @cdktn/provider-azurerm',
    );
  });
});
