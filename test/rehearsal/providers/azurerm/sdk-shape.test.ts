import type { Json } from '../../../../rehearsal/azure/simulated-azure';
import { fromJson } from '../../../../rehearsal/protocol/codec';
import type { ObjectValue } from '../../../../rehearsal/protocol/value';
import { unknownValue } from '../../../../rehearsal/protocol/value';
import { sdkShape } from '../../../../rehearsal/providers/azurerm/sdk-shape';
import { planBlock } from '../../../../rehearsal/providers/plan-values';
import { azurermBindings } from '../../../../rehearsal/schema/bindings';
import { azurermCatalogue } from '../../../../rehearsal/schema/catalogue';
import { blockType } from '../../../../rehearsal/schema/schema';

const types = ['azurerm_network_interface', 'azurerm_network_security_group', 'azurerm_virtual_network'];
const catalogue = azurermCatalogue(azurermBindings().lib, types);

function planned(type: string, config: ObjectValue, prior: Json | null = null): ObjectValue {
  const { block } = catalogue.resource(type);
  const before = prior === null ? null : (fromJson(prior, blockType(block)) as ObjectValue);
  return sdkShape(block, planBlock(block, config, before));
}

/** A block that is an attribute, with all that is inside. */
function elements(type: string, attribute: string, ...given: readonly Json[]): ObjectValue {
  const schema = catalogue.resource(type).block.attributes[attribute];
  return schema ? { [attribute]: fromJson(given, schema.type) } : {};
}

describe('planned values have the shape that the plugin SDK gives them', () => {
  it('what is not set in elements of sets is empty', () => {
    const type = 'azurerm_network_security_group';
    const config = elements(type, 'security_rule', { name: 'web', source_port_range: '*' });
    expect(planned(type, config)).toMatchObject({
      security_rule: [{ name: 'web', source_port_range: '*', description: '', source_port_ranges: [] }],
    });
  });

  it('a list with an unknown element is unknown', () => {
    expect(planned('azurerm_network_interface', { dns_servers: ['10.0.0.4', unknownValue] })).toMatchObject({
      dns_servers: unknownValue,
    });
  });

  it('a block that is an attribute has its defaults, and the id that Azure gave it', () => {
    const type = 'azurerm_virtual_network';
    const config = elements(type, 'subnet', { name: 'a' });
    const subnet = {
      name: 'a',
      default_outbound_access_enabled: true,
      private_endpoint_network_policies: 'Disabled',
      route_table_id: '',
    };
    expect(planned(type, config)).toMatchObject({ subnet: [{ ...subnet, id: unknownValue }] });
    const prior = { subnet: [{ ...subnet, private_link_service_network_policies_enabled: true, id: '/a' }] };
    expect(planned(type, config, prior)).toMatchObject({ subnet: [{ ...subnet, id: '/a' }] });
  });
});
