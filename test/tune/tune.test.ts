import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { App } from 'cdktf';
import { delimiter, join } from 'node:path';
import { place } from '../../bin/place';
import { register } from '../../bin/tune/register';
import { cancel, start, status } from '../../bin/tune/tune';
import { synthesiseEnvironments } from '../../stacks';
import { AccountServer, tunedModel } from './account-server';

const environment = `# What the shop runs.
name: shop
azure:
  subscriptionId: 6f1c2f0e-6a55-4d0c-9a37-1d2f7c0b8e21
  locations: [ swedencentral ]
  alreadyDeployed: [ { model: gpt-4.1-mini, version: '2025-04-14' } ] # since spring
  fineTunedUsdPerHour: 0.5
workloads:
  - name: support-chat # asked most
    task: chat
    quality: any
    traffic: { requestsPerDay: 100, inputTokens: 900, outputTokens: 250 }
    fineTuning:
      base: { model: gpt-4.1-mini } # the one that we know
      trainingFile: train.jsonl
      validationFile: validation.jsonl
      hyperparameters: { epochs: 3, seed: 7 }
      tier: global
  - name: on-device
    task: chat
    quality: any
    traffic: { requestsPerDay: 100, inputTokens: 900, outputTokens: 250 }
    pin: { model: gpt-5-mini, sku: GlobalStandard }
`;

const secret = 'the customer Ada Lovelace lives in Marylebone';
const example = (text: string) =>
  JSON.stringify({
    messages: [
      { role: 'user', content: text },
      { role: 'assistant', content: 'Noted.' },
    ],
  });
const examples = Array.from({ length: 12 }, (_, i) => example(`${i}: ${secret}`)).join('\n');

const home = process.cwd();
const path = process.env.PATH;
let [template, folder, out, errors] = ['', '', '', ''];
let server: AccountServer;
let at: { endpoint: string };

/** A login that the Azure CLI has, or none. */
function writeAz(script: string): void {
  mkdirSync(join(template, '..', 'bin'), { recursive: true });
  writeFileSync(join(template, '..', 'bin', 'az'), `#!/bin/sh\n${script}\n`);
  chmodSync(join(template, '..', 'bin', 'az'), 0o755);
}

const loggedIn = `[ "$*" = "account get-access-token --scope https://cognitiveservices.azure.com/.default --query accessToken --output tsv" ] && echo token-of-entra`;

beforeAll(async () => {
  const root = mkdtempSync(join(tmpdir(), 'berth-tune-'));
  template = join(root, 'template');
  mkdirSync(join(template, 'config', 'environments'), { recursive: true });
  writeFileSync(join(template, 'config', 'environments', 'shop.yaml'), environment);
  for (const name of ['train', 'validation'])
    writeFileSync(
      join(template, 'config', 'environments', `${name}.jsonl`),
      `${examples}\n${example(name)}\n`,
    );
  process.env.PATH = `${join(root, 'bin')}${delimiter}${path ?? ''}`;
  capture();
  process.chdir(template);
  await place('shop', { today: '2026-11-24' });
  jest.restoreAllMocks();
});

afterAll(() => {
  process.chdir(home);
  process.env.PATH = path;
  rmSync(join(template, '..'), { recursive: true, force: true });
});

beforeEach(async () => {
  folder = mkdtempSync(join(template, '..', 'project-'));
  cpSync(template, folder, { recursive: true });
  process.chdir(folder);
  writeAz(loggedIn);
  server = new AccountServer();
  at = { endpoint: await server.listen() };
  capture();
});

afterEach(() => {
  jest.restoreAllMocks();
  server.close();
});

function capture(): void {
  [out, errors] = ['', ''];
  jest.spyOn(process.stdout, 'write').mockImplementation(text => ((out += String(text)), true));
  jest.spyOn(process.stderr, 'write').mockImplementation(text => ((errors += String(text)), true));
}

const file = (name: string) => join('config', 'environments', name);
const read = (name: string) => readFileSync(file(name), 'utf8');
const noWait = () => Promise.resolve();
const begin = (more: object = {}) => start('support-chat', { ...at, ...more }, noWait);

describe('a tuned model from its file to its deployment', () => {
  it('is started, followed, registered with its lineage, and then deployed beside its base', async () => {
    await begin();
    expect(server.jobs.map(({ body }) => body)).toEqual([
      {
        model: 'gpt-4.1-mini-2025-04-14',
        training_file: 'file-1',
        validation_file: 'file-2',
        suffix: 'support-chat',
        seed: 7,
        trainingType: 'globalStandard',
        hyperparameters: { n_epochs: 3 },
      },
    ]);
    expect(errors).toContain('train.jsonl: 13 examples, about');
    expect(errors).toContain('step 2 of 3: training loss 0.75, validation loss 0.9\n');
    expect(out).toBe(`ftjob-1: ${tunedModel}, 36,000 tokens billed; run: berth tune register support-chat\n`);

    await register('support-chat', at);
    const registered = read('shop.yaml');
    // Everything else is as it was, comments too.
    expect(registered.startsWith(environment.slice(0, environment.indexOf('  - name: on-device')))).toBe(
      true,
    );
    expect(registered).toContain(`      trainingTokens: 12000
      tuned:
        model: ${tunedModel}
        location: swedencentral
        base:
          model: gpt-4.1-mini
          version: 2025-04-14
        job: ftjob-1
        date: 2026-11-18
`);
    expect(registered).toContain(`        trainedTokens: 36000
        evaluation:
          trainingLoss: 0.5
          validationLoss: 0.85
          validationTokenAccuracy: 0.74
`);

    capture();
    await place('shop', { today: '2026-11-24' });
    const { decision, going } = JSON.parse(read('shop.lock.json')) as {
      decision: { units: { model: string; version: string; tuned?: object }[] };
      going: unknown[];
    };
    expect(decision.units).toContainEqual(
      expect.objectContaining({
        model: tunedModel,
        version: '1',
        tuned: expect.objectContaining({ job: 'ftjob-1' }) as object,
      }),
    );
    expect(going).toHaveLength(1);
    expect(errors).not.toContain('as it is');
  });

  it('is never shown: neither the data nor the key', async () => {
    await begin();
    await status('support-chat', at);
    await register('support-chat', at);
    const state = read('shop.tune.json');
    for (const text of [out, errors, state, read('shop.yaml')]) {
      expect(text).not.toContain('Ada');
      expect(text).not.toContain('token-of-entra');
    }
    expect(server.uploads.filter(each => each.includes('\ufeff{"messages"'))).toHaveLength(2);
  });
});

/** A workload for machines of the team's own. */
const own = `name: own
azure: { subscriptionId: 6f1c2f0e-6a55-4d0c-9a37-1d2f7c0b8e21, locations: [swedencentral] }
engines:
  - { arch: amd64, accelerator: cuda, version: b9000, url: https://models.example.com/e.tar.gz, sha256: ${'a'.repeat(64)} }
workloads:
  - name: notes # never leave the network
    task: chat
    quality: any
    residency: own-network
    traffic: { requestsPerDay: 100, inputTokens: 900, outputTokens: 250 }
    fineTuning: { base: { model: qwen3-1.7b }, trainingFile: train.jsonl }
`;

describe('weights that were tuned on a machine of the team', () => {
  const given = {
    environment: 'own',
    ...{ file: 'notes.gguf', url: 'https://models.example.com/notes.gguf', revision: 'v1' },
    ...{ quantisation: 'Q8_0', by: 'TRL 1.2, LoRA of rank 16', today: '2026-11-24' },
  };

  it('are written with hash and lineage, and run by their workload; all that is tuned has tags', async () => {
    writeFileSync(file('own.yaml'), own);
    writeFileSync('notes.gguf', 'GGUF');
    await register('notes', given);
    const written = read('own.yaml');
    expect(written).toContain('  - name: notes # never leave the network\n');
    expect(written).toContain(`weights:
  notes:
    model: qwen3-1.7b
    fineTuned: true
    quantisation: Q8_0
    url: https://models.example.com/notes.gguf
    revision: v1
    sha256: ${createHash('sha256').update('GGUF').digest('hex')}
    lineage:
      job: TRL 1.2, LoRA of rank 16
`);
    await begin();
    await register('support-chat', at);
    for (const name of ['own', 'shop']) await place(name, { today: '2026-11-24' });
    synthesiseEnvironments(new App({ outdir: 'out', stackTraces: false }));

    const [hosts, hosted] = ['own-hosts', 'shop-hosted'].map(synthesised);
    expect(
      tagsOf(hosts, 'azurerm_linux_virtual_machine_scale_set', 'azurerm_linux_virtual_machine'),
    ).toContainEqual(
      expect.objectContaining({
        'tuned-notes': expect.stringMatching(
          /^tuned from qwen3-1\.7b on data [0-9a-f]{12} by TRL 1\.2, LoRA of rank 16, 2026-11-24$/,
        ) as string,
      }),
    );
    expect(tagsOf(hosted, 'azurerm_cognitive_account')).toEqual([
      expect.objectContaining({
        'tuned-support-chat-2': expect.stringContaining(
          'by ftjob-1, 2026-11-18: validation loss 0.85',
        ) as string,
      }),
    ]);
    expect(
      Object.values(hosted?.azurerm_cognitive_deployment ?? {}).map(({ model }) => model),
    ).toContainEqual({
      format: 'OpenAI',
      name: tunedModel,
      version: '1',
    });
  });

  it.each([
    [{ by: undefined, url: undefined }, '--url, --by: needed beside what was given; add them'],
    [
      { file: 'none.gguf' },
      '--file: a file that can be read is needed, got none.gguf (ENOENT); name another',
    ],
  ])('need all that a machine has to know: %j', async (more, says) => {
    writeFileSync(file('own.yaml'), own);
    await expect(register('notes', { ...given, ...more })).rejects.toThrow(says);
    expect(read('own.yaml')).toBe(own);
  });
});

type Resources = Readonly<
  Record<string, Readonly<Record<string, { readonly tags?: object; readonly model?: object }>>>
>;

function synthesised(stack: string): Resources {
  const text = readFileSync(join('out', 'stacks', stack, 'cdk.tf.json'), 'utf8');
  return (JSON.parse(text) as { readonly resource: Resources }).resource;
}

function tagsOf(resources: Resources | undefined, ...types: readonly string[]): unknown[] {
  return types.flatMap(type => Object.values(resources?.[type] ?? {}).map(({ tags }) => tags));
}

describe('a start that was interrupted', () => {
  it('uploads nothing twice, and starts no second job', async () => {
    await begin({ detach: true });
    expect(out).toBe('ftjob-1\n');
    await begin();
    expect(server.uploads).toHaveLength(2);
    expect(server.jobs).toHaveLength(1);
    expect(errors).toContain('ftjob-1: goes on');
  });

  it('finds the job that was made before the answer came', async () => {
    server.faults.cut = true;
    await expect(begin()).rejects.toThrow(/cannot be reached/);
    await begin();
    expect([server.uploads.length, server.jobs.length]).toEqual([2, 1]);
  });

  it('finds it without the state file, too', async () => {
    await begin({ detach: true });
    rmSync(file('shop.tune.json'));
    await begin();
    expect([server.uploads.length, server.jobs.length]).toEqual([2, 1]);
  });

  it('refuses a job for other data while one runs', async () => {
    await begin({ detach: true });
    writeFileSync(file('train.jsonl'), `${examples}\n${example('more')}\n`);
    await expect(begin()).rejects.toThrow(
      'ftjob-1 runs for other data or settings; wait for it, or run: berth tune cancel support-chat',
    );
    await cancel('support-chat', at);
    expect(out).toContain('ftjob-1: cancelled\n');
    await begin();
    expect(server.jobs).toHaveLength(2);
  });
});

describe('an account that refuses', () => {
  it.each([
    ['the login', { login: true }, /the login is not accepted, or has ended \(401: .*\); run: az login$/],
    [
      'a job for want of quota',
      { quota: true },
      /no room for it \(quotaExceeded: .*\); wait until a job ends, or ask Azure for more quota$/,
    ],
    [
      'a file',
      { file: `Line 3 {"content": "${secret}"} is wrong` },
      /^train\.jsonl: the account refuses it as file-1 \(Line 3 … is wrong\); correct it$/,
    ],
    [
      'the data of a job',
      { job: `The example "${secret}" is wrong` },
      /^ftjob-1 failed \(invalid_training_file of training_file: The example … is wrong\); correct that, and start it again$/,
    ],
  ])('%s: says so, and what to do, without the data', async (_, faults, says) => {
    Object.assign(server.faults, faults);
    const failed = await begin().catch((error: unknown) => error as Error);
    expect((failed as Error).message).toMatch(says);
    expect(`${(failed as Error).message}${errors}${out}`).not.toContain('Ada');
  });

  it('lets a job that failed be started again', async () => {
    server.faults.job = 'too long';
    await expect(begin()).rejects.toThrow('ftjob-1 failed');
    delete server.faults.job;
    await begin();
    expect(out).toContain('ftjob-2');
    expect(server.uploads).toHaveLength(2);
  });

  it('is not asked without its SDK, which is an optional peer', async () => {
    jest.doMock('openai', () => {
      throw Object.assign(new Error('Cannot find module'), { code: 'MODULE_NOT_FOUND' });
    });
    await expect(begin()).rejects.toThrow(
      'berth tune speaks to the account with the package openai, which is not installed; run: npm install --save-dev openai@6',
    );
    jest.dontMock('openai');
  });

  it('is not asked without a login', async () => {
    writeAz('echo "ERROR: AADSTS70043: The refresh token has expired. Please run az login" >&2; exit 1');
    await expect(begin()).rejects.toThrow(/^az could not read it: ERROR: AADSTS70043/);
    expect(server.asked).toEqual([]);
    expect(existsSync(file('shop.tune.json'))).toBe(false);
  });
});

describe('what cannot be tuned', () => {
  it.each([
    [
      'a file with wrong lines',
      `${examples}\nnot ${secret}\n{"messages": []}\n`,
      'train.jsonl (fineTuning.trainingFile): line 13: one JSON object is needed; correct it\ntrain.jsonl (fineTuning.trainingFile): line 14: a message of the role assistant is needed; add the answer',
    ],
    [
      'too few examples',
      example('one'),
      'train.jsonl (fineTuning.trainingFile): at least 10 examples are needed, got 1; add some',
    ],
  ])('%s: is told before anything is sent', async (_, text, says) => {
    writeFileSync(file('train.jsonl'), text);
    await expect(begin()).rejects.toThrow(says);
    expect(server.asked).toEqual([]);
  });

  it.each([
    [
      'on-device',
      'config/environments/shop.yaml: workloads[1].fineTuning: an object with trainingFile is needed, got nothing; say with which file the model is tuned',
    ],
    [
      'nobody',
      'nobody: a workload of config/environments/shop.yaml is needed, got none of this name; name one, or its --environment',
    ],
  ])('%s: is told', async (workload, says) => {
    await expect(start(workload, at, noWait)).rejects.toThrow(says);
  });

  it('is not registered before it is there', async () => {
    await expect(register('support-chat', at)).rejects.toThrow(
      'support-chat: a job is needed, got none; run: berth tune start support-chat',
    );
    await begin({ detach: true });
    await expect(register('support-chat', at)).rejects.toThrow(
      'a job that succeeded is needed, got one that is running',
    );
    expect(read('shop.yaml')).toBe(environment);
  });

  it('sends no token to an address that anybody could read', async () => {
    await expect(start('support-chat', { endpoint: 'http://aif.example.com' }, noWait)).rejects.toThrow(
      "--endpoint: an https address is needed, such as https://aif-shop.openai.azure.com, got 'http://aif.example.com'; correct it",
    );
  });
});
