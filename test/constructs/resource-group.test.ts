import { ResourceGroup } from '../../constructs/resource-group';
import { group, inventory, messageOf, only, resolved, resourcesOf, surroundings } from './synthesised';

describe('a resource group', () => {
  it('is made where it is told', () => {
    const { stack } = surroundings();
    const made = new ResourceGroup(stack, 'Made', { name: 'rg-new', location: 'westeurope' });
    expect(only(resourcesOf(stack), 'azurerm_resource_group')).toEqual({
      name: 'rg-new',
      location: 'westeurope',
    });
    expect(resolved(stack, [made.id, made.name, made.location])).toEqual([
      expect.stringMatching(/^\$\{azurerm_resource_group\.Made_\w+\.id\}$/),
      expect.stringMatching(/^\$\{azurerm_resource_group\.Made_\w+\.name\}$/),
      'westeurope',
    ]);
  });

  it('can be an existing one, which makes nothing', () => {
    const { stack, resourceGroup } = surroundings();
    expect(inventory(resourcesOf(stack))).toEqual({});
    expect([resourceGroup.id, resourceGroup.name, resourceGroup.location]).toEqual([
      group,
      'rg-dev',
      'swedencentral',
    ]);
  });

  it.each([
    ['a', true],
    ['rg_(x)-1', true],
    ['x'.repeat(90), true],
    ['', false],
    ['rg.', false],
    ['rg dev', false],
    ['x'.repeat(91), false],
  ])('the name %j is allowed: %s', (name, allowed) => {
    const { stack } = surroundings();
    expect(messageOf(() => new ResourceGroup(stack, 'Made', { name, location: 'westeurope' }))).toBe(
      allowed
        ? 'nothing was thrown'
        : 'invalid props of dev/Made:\n  - name must be 1 to 90 letters, digits, underscores, hyphens, full stops and ' +
            `parentheses, not ending with a full stop, not ${JSON.stringify(name)}: choose a name that fits`,
    );
  });
});
