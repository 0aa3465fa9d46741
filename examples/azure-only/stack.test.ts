import { App } from 'cdktf';
import { rehearse } from 'cdktf-berth/testing';
import { NetworkStack } from './stack';

describe('a stack on azurerm alone', () => {
  it('is deployed, planned again, drifted and destroyed without an account', async () => {
    const app = new App({ stackTraces: false });
    new NetworkStack(app, 'network', { owner: 'platform' });
    const result = await rehearse(app);
    expect(result.findings).toEqual([]);
    expect(result.resources.map(({ id }) => id.split('/').at(-1)).sort()).toEqual([
      'rg-network',
      'vnet-main',
    ]);
  }, 60_000);
});
