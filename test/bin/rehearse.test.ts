import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import { join, resolve } from 'node:path';
import { rehearse } from '../../bin/rehearse';
import type { RehearseFlags } from '../../bin/rehearse-options';

/** On a machine that has a lot else to do, a rehearsal takes a minute. */
jest.setTimeout(180_000);

let directory: string;
let stacks: string;
const environment = { ...process.env };
beforeEach(() => {
  directory = mkdtempSync(join(os.tmpdir(), 'berth-cli-'));
  stacks = join(directory, 'stacks');
  for (const name of ['tmp', 'stacks']) mkdirSync(join(directory, name));
  jest.spyOn(os, 'tmpdir').mockReturnValue(join(directory, 'tmp'));
  delete process.env.CI;
});
afterEach(async () => {
  await allEnded();
  jest.restoreAllMocks();
  process.env = { ...environment };
  process.exitCode = undefined;
  rmSync(directory, { recursive: true });
});

interface Said {
  /** On standard output: the result. */
  readonly printed: string;
  /** On standard error: the progress. */
  readonly told: string;
  readonly status: number;
}

let running: Promise<Said> | undefined;

/**
 * Waits for what a test has started. When the test ran out of time it goes on, and neither its output nor its end must
 * become the next test's.
 */
async function allEnded(): Promise<void> {
  let ended: Promise<Said> | undefined;
  while (ended !== running) {
    ended = running;
    await ended?.catch(() => undefined);
    await new Promise(done => setImmediate(done)); // now the test has gone on to its next run, if it has one
  }
}

/** Runs the command in this process. */
function run(target: string, flags: RehearseFlags = {}): Promise<Said> {
  return (running = output(target, flags));
}

async function output(target: string, flags: RehearseFlags): Promise<Said> {
  let [printed, told] = ['', ''];
  const write = jest.spyOn(process.stdout, 'write').mockImplementation(text => {
    printed += String(text);
    return true;
  });
  const tell = jest.spyOn(process.stderr, 'write').mockImplementation(text => {
    told += String(text);
    return true;
  });
  process.exitCode = undefined;
  try {
    await rehearse(target, flags);
    return { printed, told, status: Number(process.exitCode ?? 0) };
  } finally {
    write.mockRestore();
    tell.mockRestore();
    process.exitCode = undefined;
    expect(readdirSync(join(directory, 'tmp'))).toEqual([]);
  }
}

const number = (n: number): string => `resource "terraform_data" "number" {\n  input = ${n}\n}\n`;

const network = `provider "azurerm" {
  features {}
  subscription_id = "7b1f6a52-0d0f-4c7e-9a39-0f7f2f1f6d11"
}
resource "azurerm_resource_group" "group" {
  name     = "rg-network"
  location = "swedencentral"
}
resource "azurerm_virtual_network" "network" {
  name                = "vnet-main"
  resource_group_name = azurerm_resource_group.group.name
  location            = "swedencentral"
  address_space       = ["10.0.0.0/16"]
}
`;

describe('berth rehearse of an environment', () => {
  it('takes what the environment uses instead of making it to be there, and says so', async () => {
    const { printed, status } = await run('prod');
    expect(printed).toMatch(/taken to exist before: \S+\/virtualNetworks\/vnet-shared\n/);
    expect(printed).toContain('32 resources deployed in 5 stacks, 32 of them in the simulated Azure');
    expect(printed).toContain('no changes in any of 5 stacks');
    expect(status).toBe(0);
  });
});

describe('berth rehearse of a directory', () => {
  const shared = '/subscriptions/7b1f6a52-0d0f-4c7e-9a39-0f7f2f1f6d11/resourceGroups/rg-shared';

  it('takes what --existing names to be there', async () => {
    const subnet = `resource "azurerm_subnet" "subnet" {
  name                 = "snet"
  resource_group_name  = "rg-shared"
  virtual_network_name = "vnet-shared"
  address_prefixes     = ["10.0.1.0/24"]
}
`;
    writeFileSync(join(stacks, 'main.tf'), network.slice(0, network.indexOf('resource')) + subnet);
    const without = await run(stacks);
    expect(without.status).toBe(5);
    const existing = [`${shared}/providers/Microsoft.Network/virtualNetworks/vnet-shared`];
    const { printed, status } = await run(stacks, { existing });
    expect(printed).toContain('1 resource deployed in 1 stack, 1 of them in the simulated Azure');
    expect(status).toBe(0);
  });

  it('imports what the messages say after a lost answer, and goes on', async () => {
    writeFileSync(join(stacks, 'main.tf'), network);
    const { printed, status } = await run(stacks, { fault: ['answer-lost'] });
    expect(printed).toContain(
      'done, as the messages said: stacks: terraform import azurerm_resource_group.group /subscriptions/7b1f6a52-0d0f-4c7e-9a39-0f7f2f1f6d11/resourceGroups/rg-network\n',
    );
    expect(printed).toContain('rehearsed: every step went as it should');
    expect(status).toBe(0);
  });

  it('says which failure did not strike', async () => {
    writeFileSync(join(stacks, 'main.tf'), network);
    const { printed, status } = await run(stacks, { fault: ['server-error@9'] });
    expect(printed).toContain(
      'the failure server-error did not strike: there was no write number 9 that it could hit',
    );
    expect(status).toBe(5);
  });

  it('prints what happened, without a decision', async () => {
    writeFileSync(join(stacks, 'main.tf'), number(1));
    const { printed, told, status } = await run(stacks);
    expect(status).toBe(0);
    expect(told).toMatch(/^deploying 1 stack\nstacks: terraform_data.number created\n/);
    expect(printed).toContain(
      '\nDeployed\n  1 resource deployed in 1 stack, 0 of them in the simulated Azure\n',
    );
    expect(printed).toContain('without the cdktf CLI, against simulated providers');
    expect(printed).toMatch(/rehearsed: every step went as it should\n$/);
    expect(printed).not.toContain('WORKLOAD');
  });

  describe('with values of Terraform variables', () => {
    const declared = `variable "a" { type = string }
variable "b" { type = list(number) }
variable "c" { type = string }
output "all" { value = "\${var.a} \${jsonencode(var.b)} \${var.c}" }
resource "terraform_data" "kept" { input = "\${var.a} \${jsonencode(var.b)} \${var.c}" }
`;

    it('takes them from flags, files of the directory and the environment, in the order of Terraform', async () => {
      writeFileSync(join(stacks, 'main.tf'), declared);
      writeFileSync(join(stacks, 'terraform.tfvars'), 'a = "file"\nb = [1]\n');
      const more = join(directory, 'more.tfvars');
      writeFileSync(more, 'a = "more"\nb = [2]\n');
      process.env.TF_VAR_a = 'environment';
      process.env.TF_VAR_c = 'environment';
      const planSnapshot = join(directory, 'variables.txt');
      const shown = async (flags: Parameters<typeof run>[1]): Promise<string> => {
        const { status } = await run(stacks, { ...flags, planSnapshot });
        expect(status).toBe(0);
        return /input *[=:] *"(.*)"/.exec(readFileSync(planSnapshot, 'utf8'))?.[1] ?? '';
      };
      try {
        expect(await shown({})).toBe('file [1] environment');
        expect(await shown({ varFile: [more] })).toBe('more [2] environment');
        expect(await shown({ varFile: [more], var: ['a=flag', 'b=[3, 4]'] })).toBe('flag [3,4] environment');
      } finally {
        delete process.env.TF_VAR_a;
        delete process.env.TF_VAR_c;
        rmSync(join(stacks, 'terraform.tfvars'));
      }
    });

    it('says what is wrong with them before it starts', async () => {
      await expect(run(stacks, { var: ['=1', 'b=[1'] })).rejects.toThrow(
        /^--var: name=value is allowed, got '=1'\n--var b: values of Terraform variables are allowed, got an error: /,
      );
    });
  });

  it('writes the plan, says how it differs, and fails in CI when it does', async () => {
    writeFileSync(join(stacks, 'main.tf'), number(1));
    const planSnapshot = join(directory, 'new', 'plan.txt');
    const junit = join(directory, 'new', 'junit.xml');
    const first = await run(stacks, { planSnapshot, junit });
    expect(first.printed).toContain(`${planSnapshot} is new: 4 lines; commit it`);
    expect(readFileSync(junit, 'utf8')).toContain(' tests="5" failures="0" skipped="0" time="');
    expect((await run(stacks, { planSnapshot })).printed).toContain(`${planSnapshot} is as it was: 4 lines`);
    writeFileSync(join(stacks, 'main.tf'), number(2));
    process.env.CI = 'true';
    const third = await run(stacks, { planSnapshot, junit });
    expect(third.status).toBe(5);
    expect(readFileSync(junit, 'utf8')).toContain(' tests="5" failures="1" skipped="0" time="');
    expect(third.printed).toContain(
      `${planSnapshot} has changed; review it and commit it:
    stack stacks
    + terraform_data.number
  -   input = 1
  +   input = 2
      (2 more known after apply)
`,
    );
    expect(readFileSync(planSnapshot, 'utf8')).toContain('input = 2');
    expect((await run(stacks, { planSnapshot })).status).toBe(0);
  });

  it('plays a failure and deploys again', async () => {
    writeFileSync(join(stacks, 'main.tf'), network);
    const fault = ['server-error:azurerm_virtual_network'];
    const { printed, told, status } = await run(stacks, { fault });
    expect(told).toContain('deploying again, as an operator would after the failure');
    expect(printed).toMatch(
      /First deploy, which failed as asked\n {2}stacks: azurerm_virtual_network\.network: .*/,
    );
    expect(status).toBe(0);
  });

  it('fails with the reason when a deploy fails, also in the JUnit file', async () => {
    writeFileSync(join(stacks, 'main.tf'), network.replace('10.0.0.0/16', '10.0.0.0/99'));
    const junit = join(directory, 'junit.xml');
    const planSnapshot = join(directory, 'plan.txt');
    const { printed, status } = await run(stacks, { junit, planSnapshot });
    expect(status).toBe(5);
    expect(printed).toMatch(/What went wrong\n {2}deploy of stacks: .*10\.0\.0\.0\/99/s);
    expect(printed).toContain(`${planSnapshot} is not written: not every stack could be planned`);
    expect(readFileSync(junit, 'utf8')).toMatch(/<failure message=".*10\.0\.0\.0\/99/);
    expect(existsSync(planSnapshot)).toBe(false);
  });
});

describe('berth rehearse --with real', () => {
  it('says all that is missing, and leaves nothing behind', async () => {
    writeFileSync(join(stacks, 'main.tf'), network);
    writeFileSync(
      join(directory, 'empty.tfrc'),
      `provider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(directory)}\n  }\n}\n`,
    );
    for (const name of Object.keys(process.env))
      if (/^(ARM|AZURE)_/.test(name)) Reflect.deleteProperty(process.env, name);
    process.env.TF_CLI_CONFIG_FILE = join(directory, 'empty.tfrc');
    process.env.AZURE_CONFIG_DIR = join(directory, 'no-login');
    const junit = join(directory, 'junit.xml');
    const refusal = await run(stacks, { with: 'real', junit }).catch((error: unknown) => error as Error);
    expect(refusal).toMatchObject({ name: 'RealProvidersUnavailable' });
    const { message } = refusal as Error;
    expect(message.split('\n')).toEqual([
      'the real providers cannot be used:',
      expect.stringMatching(
        /^ {2}there are no credentials for Azure: run az login, or set ARM_TENANT_ID, .*/,
      ),
      expect.stringMatching(/^ {2}the providers could not be downloaded: .*hashicorp\/azurerm/),
    ]);
    expect(readFileSync(junit, 'utf8')).toContain('there are no credentials for Azure');
  });

  it('plans each stack as new, with what it reads of the others from the rehearsal', async () => {
    const app = join(directory, 'app');
    mkdirSync(app);
    writeFileSync(join(app, 'cdktf.json'), JSON.stringify({ language: 'typescript', app: 'node app.js' }));
    writeFileSync(
      join(app, 'app.js'),
      `const { App, DataResource, TerraformStack } = require(${JSON.stringify(resolve('node_modules/cdktf'))});
       const app = new App();
       const data = new DataResource(new TerraformStack(app, 'first'), 'data', { input: { n: 1 } });
       new DataResource(new TerraformStack(app, 'second'), 'copy', { input: { id: data.id } });
       app.synth();`,
    );
    const planSnapshot = join(directory, 'plan.txt');
    const { printed, status } = await run(app, { with: 'real', planSnapshot });
    expect(printed).toContain(
      'Plan with the real providers\n  first: planned, 1 change; 4 values, 0 differences\n  second: planned, 1 change; 4 values, 0 differences\n',
    );
    expect(status).toBe(0);
  });
});

describe('berth rehearse, called wrongly', () => {
  it.each([
    [
      'nowhere',
      "an environment of config/environments (dev, local, prod), the file of one, or a directory (of a cdktf app, of its output, or of Terraform files) is allowed, got 'nowhere'; name one of them",
    ],
    [
      'docs',
      `${resolve('docs')} holds nothing to rehearse: neither cdktf.json (a cdktf app), nor manifest.json (its output), nor *.tf files`,
    ],
  ])('says what is allowed instead of %s', async (target, message) => {
    await expect(run(target)).rejects.toThrow(message);
  });

  it.each([
    ['{', 'manifest.json', /manifest\.json cannot be read as JSON: /],
    ['{', 'cdktf.json', /cdktf\.json cannot be read as JSON: /],
  ])('says what is wrong with %j in %s', async (content, file, message) => {
    writeFileSync(join(stacks, file), content);
    await expect(run(stacks)).rejects.toThrow(message);
  });

  it('finds a resource type that the rehearsed version lacks, and says what is like it', async () => {
    writeFileSync(join(stacks, 'main.tf'), 'resource "azurerm_resource_grup" "a" {}\n');
    const { printed, status } = await run(stacks);
    expect(printed).toContain('has no azurerm_resource_grup; the closest: azurerm_resource_group\n');
    expect(status).toBe(5);
  });

  it('prints one error and no stack trace, also without Terraform', () => {
    const berth = (args: readonly string[], more: NodeJS.ProcessEnv = {}): unknown => {
      try {
        return execFileSync(process.execPath, ['--import', 'tsx', 'bin/berth.ts', ...args], {
          env: { ...process.env, ...more },
          stdio: 'pipe',
          encoding: 'utf8',
        });
      } catch (error) {
        const { status, stdout, stderr } = error as { status: number; stdout: string; stderr: string };
        return { status, stdout, stderr };
      }
    };
    expect(berth(['rehearse', 'nowhere', '--fault', 'fire'])).toEqual({
      status: 64,
      stdout: '',
      stderr: expect.stringMatching(/^error --fault: one of .* is allowed, got 'fire'; did you mean .*\?\n$/),
    });
    const old = join(directory, 'tofu');
    writeFileSync(old, `#!/bin/sh\necho 'OpenTofu v1.5.7'\n`);
    chmodSync(old, 0o755);
    expect(berth(['rehearse', 'dev'], { PATH: directory, TERRAFORM_BINARY_NAME: '' })).toEqual({
      status: 69,
      stdout: '',
      stderr: expect.stringMatching(
        /^error OpenTofu 1\.5\.7 at .*tofu is too old for a rehearsal, which needs 1\.6\.0 or later; install Terraform 1\.9 or later \(https:.*\) or OpenTofu 1\.6 or later \(https:.*\), or name one that is not on the PATH in TERRAFORM_BINARY_NAME\n$/,
      ),
    });
  });
});
