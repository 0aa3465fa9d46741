import { App } from 'cdktf';
import { planSnapshot, rehearse } from 'cdktf-berth/testing';
import { TwoRegionsStack } from './stack';

jest.setTimeout(240_000);

it('one construct of a company makes the same twice, in two regions', async () => {
  const app = new App({ stackTraces: false });
  new TwoRegionsStack(app, 'regions');
  const result = await rehearse(app);
  expect(result.findings).toEqual([]);
  expect(planSnapshot(result).match(/^\+ .*/gm)).toMatchSnapshot();
});
