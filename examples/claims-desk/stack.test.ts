import { App } from 'cdktf';
import { terraformMatchers, rehearse } from 'cdktf-berth/testing';
import { ClaimsDeskStack } from './stack';

expect.extend(terraformMatchers);

describe('the claims desk', () => {
  it('reuses the constructs, and lives a whole life without an account', async () => {
    const app = new App({ stackTraces: false });
    new ClaimsDeskStack(app, 'claims');
    const result = await rehearse(app);
    expect(result.findings).toEqual([]);
    expect(result.stacks[0]?.outputs.triage?.value).toMatchObject({
      api: 'openai-chat',
      baseUrl: 'https://claims.claims.internal:8443/v1',
      auth: 'api-key',
    });
    expect(result.stacks[0]?.outputs.letters?.value).toMatchObject({
      baseUrl: 'https://aif-claims.openai.azure.com/openai/v1',
      auth: 'entra-id',
    });
  }, 120_000);
});
