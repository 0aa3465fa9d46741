import { App, DataResource, TerraformOutput, TerraformStack, TerraformVariable } from 'cdktf';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { rehearseApp, rehearseLife } from '../../../rehearsal/run';
import { terraformMatchers, openRehearsal, rehearse } from '../../../testing';
import type { Target } from '../../../testing';

jest.setTimeout(60_000);
expect.extend(terraformMatchers);

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'berth-life-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

/** Two stacks, of which the second reads the first one's state. */
function twoStacks(): App {
  const app = new App({ outdir: join(directory, 'unused') });
  const first = new TerraformStack(app, 'test-first');
  const data = new DataResource(first, 'number', { input: { n: 1 } });
  const second = new TerraformStack(app, 'test-second');
  const copy = new DataResource(second, 'copy', { input: { id: data.id } });
  new TerraformOutput(second, 'id', { value: copy.id, staticId: true });
  new TerraformOutput(second, 'secret', { value: 'hidden', sensitive: true, staticId: true });
  return app;
}

const appFile = `
const { App, DataResource, TerraformOutput, TerraformStack } = require(${JSON.stringify(resolve('node_modules/cdktf'))});
const app = new App();
const first = new TerraformStack(app, process.env.NAME + '-first');
const data = new DataResource(first, 'number', { input: { n: 1 } });
const second = new TerraformStack(app, process.env.NAME + '-second');
new TerraformOutput(second, 'n', { value: new DataResource(second, 'copy', { input: data.input }).output, staticId: true });
new TerraformStack(app, 'other');
app.synth();
`;

describe('the life of stacks', () => {
  it('is deploy, an empty second plan and destroy, in the order of dependencies', async () => {
    const lines: string[] = [];
    const result = await rehearseLife(twoStacks(), { onProgress: line => lines.push(line) });
    expect(result.findings).toEqual([]);
    expect(result.stacks.map(({ name, summary, created }) => ({ name, summary, created }))).toEqual([
      { name: 'test-first', summary: { add: 1, change: 0, remove: 0 }, created: ['terraform_data.number'] },
      { name: 'test-second', summary: { add: 1, change: 0, remove: 0 }, created: ['terraform_data.copy'] },
    ]);
    expect(result.stacks[1]?.outputs).toEqual({
      id: { sensitive: false, value: expect.stringMatching(/^[0-9a-f-]{36}$/) },
      secret: { sensitive: true },
    });
    expect(result.secondPlan.map(({ ok, changes, outputs }) => ({ ok, changes, outputs }))).toEqual([
      { ok: true, changes: [], outputs: [] },
      { ok: true, changes: [], outputs: [] },
    ]);
    expect(result.destroyed.map(({ destroyed }) => destroyed)).toEqual([
      ['terraform_data.number'],
      ['terraform_data.copy'],
    ]);
    expect(result.leftovers).toEqual({ resources: [], softDeleted: [], inState: [], units: [] });
    expect(result.backends).toEqual([
      { stack: 'test-first', backend: 'local' },
      { stack: 'test-second', backend: 'local' },
    ]);
    expect(lines).toEqual([
      'deploying 2 stacks',
      'test-first: terraform_data.number created',
      'test-first: 1 added, 0 changed, 0 destroyed',
      'test-second: terraform_data.copy created',
      'test-second: 1 added, 0 changed, 0 destroyed',
      'planning again: nothing should change',
      'destroying 2 stacks',
      'test-second: terraform_data.copy destroyed',
      'test-second: 0 added, 0 changed, 1 destroyed',
      'test-first: terraform_data.number destroyed',
      'test-first: 0 added, 0 changed, 1 destroyed',
    ]);
    expect(readdirSync(join(directory, 'unused'))).toEqual(['stacks']);
  });

  it('is the same with the real cdktf CLI on an app', async () => {
    writeFileSync(
      join(directory, 'cdktf.json'),
      JSON.stringify({ language: 'typescript', app: 'node app.js' }),
    );
    writeFileSync(join(directory, 'app.js'), appFile);
    const lines: string[] = [];
    const result = await rehearseApp({
      directory,
      environmentVariables: { NAME: 'dev' },
      stacks: 'dev-*',
      onProgress: line => lines.push(line),
    });
    expect(result.findings).toEqual([]);
    expect(result.stacks).toEqual([
      {
        name: 'dev-first',
        ok: true,
        skipped: false,
        summary: { add: 1, change: 0, remove: 0 },
        created: ['terraform_data.number'],
        changed: [],
        destroyed: [],
        diagnostics: [],
        outputs: expect.anything(),
        resources: [
          {
            address: 'terraform_data.number',
            type: 'terraform_data',
            attributes: expect.objectContaining({ output: { n: 1 } }),
          },
        ],
      },
      {
        name: 'dev-second',
        ok: true,
        skipped: false,
        summary: { add: 1, change: 0, remove: 0 },
        created: ['terraform_data.copy'],
        changed: [],
        destroyed: [],
        diagnostics: [],
        outputs: { n: { sensitive: false, value: { n: 1 } } },
        resources: [expect.objectContaining({ address: 'terraform_data.copy' })],
      },
    ]);
    expect(lines).toContain('dev-second: 1 added, 0 changed, 0 destroyed');
    expect(readdirSync(directory).sort()).toEqual(['app.js', 'cdktf.json']);
  });
});

describe('what of an app is rehearsed', () => {
  it('is a stack with all that it depends on, or a list of stacks', async () => {
    const app = twoStacks();
    new TerraformStack(app, 'test-alone');
    const [first, second] = app.node.children.filter(TerraformStack.isStack);
    const rehearsed = async (target: Target): Promise<string[]> => {
      const rehearsal = await openRehearsal(target);
      await rehearsal.close();
      return rehearsal.stacks.map(({ name }) => name);
    };
    expect(await rehearsed(second as TerraformStack)).toEqual(['test-first', 'test-second']);
    expect(await rehearsed([first as TerraformStack])).toEqual(['test-first']);
    expect(await rehearsed(app)).toEqual(['test-alone', 'test-first', 'test-second']);
  });

  it('is refused where it is nothing of one app', async () => {
    const message =
      'an App, a stack, a list of stacks of one App, or a directory is allowed as what to rehearse';
    const stacks = [1, 2].map(
      () => new TerraformStack(new App({ outdir: join(directory, 'unused') }), 'one'),
    );
    await expect(rehearse(stacks)).rejects.toThrow(message);
    await expect(rehearse([])).rejects.toThrow(message);
    await expect(rehearse({} as App)).rejects.toThrow(message);
  });

  it('tells the plan, the apply and the destroy of each stack, and hides what is sensitive', async () => {
    const app = new App({ outdir: join(directory, 'unused') });
    const stack = new TerraformStack(app, 'one');
    new TerraformVariable(stack, 'password', { type: 'string', sensitive: true });
    new DataResource(stack, 'data', { input: { user: 'me', password: '${var.password}' } });
    new TerraformVariable(stack, 'unused', { type: 'string', default: '' });
    const result = await rehearse(stack, { variables: { password: 'hunter2' } });
    expect(result.findings).toEqual([]);
    const [deployed] = result.stacks;
    expect(deployed?.plan).toPlanResource('terraform_data', { input: { user: 'me' } });
    expect(deployed?.resources[0]).toMatchObject({
      address: 'terraform_data.data',
    });
    expect(deployed?.resources[0]?.attributes.input).toEqual({ user: 'me' });
    const [destroyed] = result.destroyed;
    expect(destroyed).toMatchObject({ ok: true, destroyed: ['terraform_data.data'], resources: [] });
    expect(destroyed?.plan).not.toHaveNoDestroy();
  });
});

describe('a rehearsal step by step', () => {
  function numbers(input: number): App {
    const app = new App({ outdir: join(directory, 'unused') });
    const data = new DataResource(new TerraformStack(app, 'numbers'), 'number', { input: { n: input } });
    data.addOverride('triggers_replace', input > 1 ? ['more'] : ['one']);
    return app;
  }

  it('keeps states from one version of the stacks to the next', async () => {
    const rehearsal = await openRehearsal(numbers(1));
    try {
      await rehearsal.deploy();
      await rehearsal.use(numbers(2));
      expect((await rehearsal.plan())[0]?.changes).toEqual([
        { address: 'terraform_data.number', actions: ['delete', 'create'] },
      ]);
      const [deployed] = await rehearsal.deploy();
      expect(deployed?.plan).not.toHaveNoReplacement();
      expect(deployed).toMatchObject({
        created: ['terraform_data.number'],
        destroyed: ['terraform_data.number'],
      });
      expect(await rehearsal.plan()).toHaveNoChanges();
      expect(rehearsal.leftovers().inState).toEqual(['numbers: terraform_data.number']);
    } finally {
      await rehearsal.close();
    }
    expect(existsSync(rehearsal.directory)).toBe(false);
    await expect(rehearsal.plan()).rejects.toThrow('the rehearsal is closed');
  });

  it('takes a directory of Terraform files, and leaves it as it is', async () => {
    const main =
      'variable "n" {}\nresource "terraform_data" "a" { input = var.n }\noutput "n" { value = terraform_data.a.output }\n';
    writeFileSync(join(directory, 'main.tf'), main);
    const result = await rehearseLife(directory, { variables: { n: 7 } });
    expect(result.findings).toEqual([]);
    expect(result.stacks[0]?.outputs).toEqual({ n: { sensitive: false, value: 7 } });
    expect(readdirSync(directory)).toEqual(['main.tf']);
  });

  it('refuses a directory that holds nothing to rehearse', async () => {
    await expect(openRehearsal(directory)).rejects.toThrow(
      `${directory} holds nothing to rehearse: neither cdktf.json (a cdktf app), nor manifest.json (its output), nor *.tf files`,
    );
  });
});
