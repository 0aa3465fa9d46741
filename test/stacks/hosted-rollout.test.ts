import { App } from 'cdktf';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { place } from '../../bin/place';
import { parseEnvironment } from '../../config';
import type { EnvironmentInput } from '../../config';
import { synthesiseEnvironments } from '../../stacks';
import { openRehearsal } from '../../testing';
import type { Rehearsal } from '../../testing';

/** The real Terraform plans and deploys a small environment several times. */
jest.setTimeout(300_000);

const traffic = { requestsPerDay: 2000, inputTokens: 500, outputTokens: 100 };
const old = { model: 'gpt-5-mini', version: '2025-08-07' };
const successor = { model: 'gpt-5.4-mini', version: '2026-03-17' };

const shop = (model: typeof old, more: object = {}): EnvironmentInput => ({
  name: 'shop',
  azure: { subscriptionId: '00000000-0000-4000-8000-000000000000', locations: ['swedencentral'] },
  workloads: [
    {
      name: 'chat',
      task: 'chat',
      quality: 'any',
      traffic,
      pin: { venue: 'hosted', sku: 'GlobalStandard', ...model },
    },
  ],
  ...more,
});
const beside = (more: object = {}) => ({
  hostedDeployments: { chat: { deployments: { 'chat-next': successor }, ...more } },
});

let directory: string;
let rehearsal: Rehearsal | undefined;
const written: string[] = [];
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'berth-rollout-'));
});
beforeEach(() => {
  written.length = 0;
  jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  jest.spyOn(process.stderr, 'write').mockImplementation(text => written.push(String(text)) > 0);
});
afterEach(() => jest.restoreAllMocks());
afterAll(async () => {
  await rehearsal?.close();
  rmSync(directory, { recursive: true });
});

const file = (): string => join(directory, 'shop.json');

function synthesised(input: EnvironmentInput): { readonly directory: string; readonly chat: unknown } {
  writeFileSync(file(), JSON.stringify(input));
  const outdir = mkdtempSync(join(directory, 'out-'));
  synthesiseEnvironments(new App({ outdir, stackTraces: false }), { environment: file(), root: directory });
  const models = JSON.parse(readFileSync(join(outdir, 'shop.models.json'), 'utf8')) as { chat: unknown };
  return { directory: outdir, chat: models.chat };
}

async function placed(input: EnvironmentInput, options = {}): Promise<ReturnType<typeof synthesised>> {
  writeFileSync(file(), JSON.stringify(input));
  await place(file(), { today: '2026-11-24', ...options });
  return synthesised(input);
}

/** What a plan would do to deployments, and to anything else. */
async function planned(app: { readonly directory: string }): Promise<readonly string[]> {
  await rehearsal?.use(app);
  const plans = (await rehearsal?.plan()) ?? [];
  return plans
    .flatMap(plan => plan.changes)
    .filter(({ actions }) => !actions.includes('no-op'))
    .map(({ actions, address }) => `${actions.join(' ')} ${address.split('.')[0]}`);
}

/** What the stack of hosted models makes; two of the same resources have no plan between them. */
function resourcesOf({ directory: outdir }: { readonly directory: string }): unknown {
  const stack = readFileSync(join(outdir, 'stacks', 'shop-hosted', 'cdk.tf.json'), 'utf8');
  return (JSON.parse(stack) as { resource: unknown }).resource;
}

async function deploy(): Promise<void> {
  for (const { ok, diagnostics } of (await rehearsal?.deploy()) ?? [])
    expect([ok, diagnostics]).toEqual([true, []]);
}

it('callers of a hosted model come to its successor in four plans, and nothing that is asked is replaced', async () => {
  const first = await placed(shop(old));
  rehearsal = await openRehearsal(first);
  await deploy();
  await placed(shop(old), { deployed: true });

  // Beside: no placement is needed, and callers hear nothing of it.
  const both = synthesised(shop(old, beside()));
  expect(await planned(both)).toEqual(['create azurerm_cognitive_deployment']);
  expect(both.chat).toEqual(first.chat);
  await deploy();

  // Canary, and all: only what callers are told changes.
  const canary = synthesised(shop(old, beside({ traffic: { placed: 90, 'chat-next': 10 } })));
  expect(canary.chat).toEqual({ ...Object(first.chat), shares: { chat: 90, 'chat-next': 10 } });
  expect(resourcesOf(canary)).toEqual(resourcesOf(both));
  const all = synthesised(shop(old, beside({ traffic: { placed: 0, 'chat-next': 100 } })));
  expect(all.chat).toEqual({ ...Object(first.chat), model: 'chat-next' });
  expect(resourcesOf(all)).toEqual(resourcesOf(both));

  // The decision takes the deployment over as it stands; the old one goes once that is known to serve.
  const taken = await placed(shop(successor, beside({ traffic: { placed: 0, 'chat-next': 100 } })));
  expect(written.join('')).toContain(
    'chat: hosted gpt-5-mini (GlobalStandard, swedencentral) goes when chat-next',
  );
  expect(resourcesOf(taken)).toEqual(resourcesOf(both));
  expect(taken.chat).toEqual(all.chat);
  const last = await placed(shop(successor), { deployed: true });
  expect(await planned(last)).toEqual(['delete azurerm_cognitive_deployment']);
  expect(last.chat).toEqual(all.chat);

  // What nobody takes away is said to do nothing.
  await placed(shop(successor, beside()));
  expect(written.join('')).toContain(
    'chat: hostedDeployments says what stands beside it, and nothing is hosted under this name (but chat-next); remove it, or correct the name',
  );
});

describe('a deployment beside another', () => {
  const of = (rollout: object) => () =>
    parseEnvironment(
      shop(old, { hostedDeployments: { chat: { deployments: { 'chat-next': successor }, ...rollout } } }),
      'shop.yaml',
    );

  it.each([
    [
      'is of a model that there is',
      { deployments: { 'chat-next': { ...successor, version: '2026-03-71' } } },
      'deployments.chat-next.model: ',
    ],
    [
      'says whose model it is',
      { deployments: { 'chat-next': { ...successor, format: 'Mistral AI' } } },
      "deployments.chat-next.format: must be OpenAI, which is the publisher of gpt-5.4-mini, got 'Mistral AI'; correct it",
    ],
    [
      'has a name that no unit will have',
      { deployments: { chat: successor } },
      "deployments.chat: must have another name than a workload, got 'chat'; rename it",
    ],
    [
      'keeps its traffic until another has it',
      { deployments: {}, traffic: { placed: 90, 'chat-next': 10 } },
      "traffic.chat-next: must be one of the deployments placed, got 'chat-next' with 10 %; give its traffic to another, deploy, and then remove it",
    ],
    [
      'gets all of the vectors or none',
      {
        deployments: { 'chat-next': { model: 'text-embedding-3-large', version: '1' } },
        traffic: { placed: 90, 'chat-next': 10 },
      },
      'traffic: must be 100 of one deployment where it embeds, since vectors of two models cannot be compared, got 90 and 10; make the index anew by the other deployment, and then give that 100',
    ],
  ])('%s', (_what, rollout, says) => {
    expect(of(rollout)).toThrow(`shop.yaml: hostedDeployments.chat.${says}`);
  });
});
