import { App } from 'cdktf';
import { planSnapshot, rehearse } from 'cdktf-berth/testing';
import { ContractsStack, existing } from './stack';

jest.setTimeout(240_000);

it('an endpoint lives a whole life in a workspace that is there already', async () => {
  const app = new App({ stackTraces: false });
  new ContractsStack(app, 'contracts');
  const result = await rehearse(app, { existing: Object.values(existing) });
  expect(result.findings).toEqual([]);
  expect(planSnapshot(result)).toMatchSnapshot();
});
