import { App } from 'cdktf';
import { planSnapshot, rehearse } from 'cdktf-berth/testing';
import { TranslationStack, accountId } from './stack';

jest.setTimeout(240_000);

it('deployments on an account of another team live a whole life', async () => {
  const app = new App({ stackTraces: false });
  new TranslationStack(app, 'translation');
  const result = await rehearse(app, { existing: [accountId] });
  expect(result.findings).toEqual([]);
  expect(planSnapshot(result)).toMatchSnapshot();
});
