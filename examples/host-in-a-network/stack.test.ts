import { App } from 'cdktf';
import { planSnapshot, rehearse } from 'cdktf-berth/testing';
import { TriageStack, existing } from './stack';

jest.setTimeout(240_000);

it('a host lives a whole life in a network that is there already', async () => {
  const app = new App({ stackTraces: false });
  new TriageStack(app, 'triage');
  const result = await rehearse(app, { existing: Object.values(existing) });
  expect(result.findings).toEqual([]);
  expect(result.stacks[0]?.outputs.triage?.value).toMatchObject({
    baseUrl: 'https://triage.models.internal:8443/v1',
  });
  // What is made; attributes of a machine, its scripts among them, are Berth's own to test.
  expect(planSnapshot(result).match(/^\+ .*/gm)).toMatchSnapshot();
});
