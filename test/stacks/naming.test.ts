import * as fc from 'fast-check';
import { Names } from '../../stacks/naming';

const subscription = '11111111-2222-3333-4444-555555555555';
const names = new Names('dev', subscription);

describe('names', () => {
  it('carry the abbreviation, the environment, the purpose and the hash', () => {
    expect(names.resourceGroup).toBe(`rg-dev-${names.hash}`);
    expect(names.account('swedencentral')).toBe(`aif-dev-swedencentral-${names.hash}`);
  });

  it('have a hash that depends on subscription and environment and on nothing else', () => {
    expect(new Names('dev', subscription.toUpperCase()).hash).toBe(names.hash);
    expect(new Names('prod', subscription).hash).not.toBe(names.hash);
    expect(new Names('dev', '99999999-2222-3333-4444-555555555555').hash).not.toBe(names.hash);
  });

  it('stay inside the limits of Azure for every environment and unit', () => {
    const environment = fc.stringMatching(/^[a-z][a-z0-9]{0,11}$/);
    const unit = fc.stringMatching(/^[a-z][a-z0-9-]{0,60}[a-z0-9]$/);
    fc.assert(
      fc.property(environment, unit, (name, id) => {
        const all = new Names(name, subscription);
        expect(all.keyVault).toMatch(/^[a-zA-Z][a-zA-Z0-9-]{1,22}[a-zA-Z0-9]$/);
        expect(all.onlineEndpoint(id)).toMatch(/^[a-z][a-z0-9-]{1,30}[a-z0-9]$/);
        expect(all.host(id)).toMatch(/^[a-z][a-z0-9-]{0,38}[a-z0-9]$/);
        expect(
          all.machineLearningWorkspace('germanywestcentral').replace(/-/g, '').length,
        ).toBeLessThanOrEqual(22);
        expect(all.deployment(`${id}-${id}`)).toMatch(/^[a-z0-9][a-z0-9-]{1,63}$/);
        expect(all.deployment(id)).toBe(id);
        expect(all.account('germanywestcentral').length).toBeLessThanOrEqual(64);
      }),
    );
  });

  it('tell long endpoint names apart', () => {
    const long = 'summarise-all-supplier-contracts';
    expect(names.onlineEndpoint(`${long}-a`)).not.toBe(names.onlineEndpoint(`${long}-b`));
  });
});
