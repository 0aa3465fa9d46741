import { App } from 'cdktf';
import { planSnapshot, rehearse } from 'cdktf-berth/testing';
import { ModelsStack, ShopStack } from './stack';

jest.setTimeout(240_000);

it('an app of another stack is granted the platform’s model, and both live a whole life without an account', async () => {
  const app = new App({ stackTraces: false });
  const models = new ModelsStack(app, 'models');
  const shop = new ShopStack(app, 'shop', models);
  const result = await rehearse(app);
  expect(result.findings).toEqual([]);
  expect(shop.dependsOn(models)).toBe(true);
  expect(planSnapshot(result).split('stack shop')[1]).toMatchSnapshot();
});
