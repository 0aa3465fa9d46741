import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { findCdktf } from '../../../rehearsal/run/cdktf-program';
import { rehearseApp } from '../../../rehearsal/run';

const node = process.versions.node;
const howToGet =
  'npm install --save-dev cdktn-cli (Node.js 22.19 and later) or cdktf-cli (Node.js 20 and 22)';
const pty = '@cdktf/node-pty-prebuilt-multiarch';

let app: string;
beforeEach(() => {
  app = mkdtempSync(join(tmpdir(), 'berth-cli-'));
});
afterEach(() => rmSync(app, { recursive: true }));

function write(file: string, content: string | object): void {
  const path = join(app, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
}

function install(command: 'cdktf' | 'cdktn', more: object = {}, script = ''): void {
  const manifest = {
    name: `${command}-cli`,
    version: '1.2.3',
    bin: { [command]: `bin/${command}` },
    ...more,
  };
  write(`node_modules/${command}-cli/package.json`, manifest);
  write(`node_modules/${command}-cli/bin/${command}`, script);
}

function installPty(script: string): void {
  write(`node_modules/${pty}/index.js`, script);
}

const program = (command: 'cdktf' | 'cdktn') => ({
  command,
  version: '1.2.3',
  file: join(app, `node_modules/${command}-cli/bin/${command}`),
});

describe('the CLI that deploys an app', () => {
  it('is cdktf where its native part loads', async () => {
    install('cdktf');
    installPty('');
    install('cdktn');
    expect(await findCdktf(app, app)).toEqual(program('cdktf'));
  });

  it.each([
    ['throws', "throw new Error('no binary')"],
    ['ends the process', 'process.abort()'],
  ])('is cdktn where the native part of cdktf %s', async (_, script) => {
    install('cdktf');
    installPty(script);
    install('cdktn');
    expect(await findCdktf(app, app)).toEqual(program('cdktn'));
  });

  it('is the one that is installed', async () => {
    install('cdktn');
    expect(await findCdktf(app, app)).toEqual(program('cdktn'));
  });

  it('is one that runs on this Node.js, of those that this repository installs', async () => {
    const { command, version } = await findCdktf(app);
    expect([command, version]).toEqual([
      expect.stringMatching(/^cdkt[fn]$/),
      expect.stringMatching(/^0\.2\d\./),
    ]);
  });

  it('does not exist when none is installed', async () => {
    await expect(findCdktf(app, app)).rejects.toThrow(
      `neither cdktf-cli nor cdktn-cli is installed: ${howToGet}`,
    );
  });

  it('does not exist when none runs on this Node.js, and each says why', async () => {
    install('cdktf');
    install('cdktn', { engines: { node: '>=99.1' } });
    await expect(findCdktf(app, app)).rejects.toThrow(
      `cdktf-cli 1.2.3 does not start on Node.js ${node}, for which its ${pty} has no binary, and ` +
        `cdktn-cli 1.2.3 needs Node.js >=99.1 and this is ${node}: ${howToGet}`,
    );
  });
});

describe('a CLI that ends before it has done anything', () => {
  it('is one sentence instead of a stack of paths for each stack', async () => {
    install('cdktf', {}, "throw new TypeError('util.x is not a function\\nRequire stack: /a /b')");
    installPty('');
    const stack = {
      name: 'one',
      constructPath: 'one',
      workingDirectory: 'stacks/one',
      annotations: [],
      dependencies: [],
    };
    write('manifest.json', {
      version: '0.21.0',
      stacks: { one: { ...stack, synthesizedStackPath: 'stacks/one/cdk.tf.json' } },
    });
    write('stacks/one/cdk.tf.json', { resource: { terraform_data: { a: {} } } });
    await expect(rehearseApp({ directory: app })).rejects.toThrow(
      new Error(
        `cdktf-cli 1.2.3 does not start on Node.js ${node}: util.x is not a function; install it again, or another one`,
      ),
    );
  });
});
