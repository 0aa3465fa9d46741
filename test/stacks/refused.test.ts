import { App as AwsApp } from 'aws-cdk-lib';
import { App } from 'cdktf';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { findCdktf } from '../../rehearsal/run';
import { execute } from '../../rehearsal/process/execute';
import type { Execution } from '../../rehearsal/process/execute';
import { synthesiseEnvironments } from '../../stacks';
import { addAwsHosts } from '../../stacks/aws-app';

const roles = ['platform', 'hosted', 'catalog', 'hosts', 'edge'];
const shipped = join('config', 'environments');

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'berth-refused-'));
  mkdirSync(join(root, shipped), { recursive: true });
  for (const name of ['local.yaml', 'local.lock.json', 'prod.lock.json'])
    copyFileSync(join(shipped, name), join(root, shipped, name));
  write('prod.yaml', 'name: prod\naws: { region: us-east-1 }\nworkloads: []\n');
});
afterEach(() => rmSync(root, { recursive: true }));

function write(name: string, text: string): void {
  writeFileSync(join(root, shipped, name), text);
}

function synthesised(outdir: string, stack: string): Record<string, unknown> {
  return JSON.parse(readFileSync(join(outdir, 'stacks', stack, 'cdk.tf.json'), 'utf8')) as Record<
    string,
    unknown
  >;
}

const wrong = /prod\.yaml:3:1: workloads: must be at least 1 entry, got an empty list/;

describe('an environment that cannot be built', () => {
  it('leaves the others as they are, and each of its stacks says why and refuses every command', () => {
    const [together, alone] = [join(root, 'together'), join(root, 'alone')];
    const app = new App({ outdir: together, stackTraces: false });
    const built = synthesiseEnvironments(app, { root });
    synthesiseEnvironments(new App({ outdir: alone, stackTraces: false }), { root, environment: 'local' });
    expect(built.map(({ name }) => name)).toEqual(['local']);
    for (const role of roles) {
      const local = `local-${role}`;
      expect(synthesised(together, local)).toEqual(synthesised(alone, local));
      expect(synthesised(together, `prod-${role}`)['prod cannot be built']).toMatch(wrong);
      expect(existsSync(join(alone, 'stacks', `prod-${role}`))).toBe(false);
    }
    const { stacks } = JSON.parse(readFileSync(join(together, 'manifest.json'), 'utf8')) as {
      stacks: Record<string, { annotations: { level: string; message: string }[] }>;
    };
    expect(stacks['prod-platform']?.annotations).toMatchObject([
      {
        level: '@cdktf/warn',
        message: expect.stringMatching(/^prod is left out, because it cannot be built: /),
      },
    ]);
  });

  it('ends the synthesis that asks for it, with all that is wrong, and writes nothing', () => {
    const outdir = join(root, 'out');
    write('broken.yaml', 'name: [\n');
    const app = new App({ outdir, stackTraces: false });
    const synthesise = (): unknown =>
      synthesiseEnvironments(app, { root, environment: 'local, prod,broken' });
    expect(synthesise).toThrow(wrong);
    expect(synthesise).toThrow(/broken\.yaml:2:1: must be valid YAML/);
    expect(existsSync(join(outdir, 'manifest.json'))).toBe(false);
  });

  it('is refused by CloudFormation and its CLI too', () => {
    const prod = readFileSync(join(shipped, 'prod.ts'), 'utf8');
    rmSync(join(root, shipped, 'prod.yaml'));
    write('prod.ts', prod.replace('../environment', resolve('config', 'environment')));
    write('bad.yaml', 'name: bad\naws: { region: us-east-1 }\nworkloads: []\n');
    const app = new AwsApp();
    addAwsHosts(app, { root });
    const told = app.node.children.map(({ node: { id, metadata } }) => [
      id,
      metadata.flatMap(({ type, data }) => (type === 'aws:cdk:error' ? [data as unknown] : [])),
    ]);
    expect(told).toEqual([
      ['prod-hosts-aws', []],
      ['bad-hosts-aws', [expect.stringMatching(/^bad cannot be built: .*bad\.yaml:3:1: workloads: /)]],
    ]);
    expect(app.node.findChild('bad-hosts-aws').node.findChild('cannot-be-built')).toMatchObject({
      cfnResourceType: 'Berth::Environment::CannotBeBuilt',
    });
  });
});

describe('a synthesis of one environment among thirty', () => {
  it('reads no other, so that it costs what one costs', () => {
    const marker = join(root, 'was-read');
    const reads = `import { writeFileSync } from 'node:fs';\nwriteFileSync(${JSON.stringify(marker)}, '');\n`;
    for (let i = 1; i < 30; i++) write(`other-${i}.ts`, `${reads}export default {};\n`);
    const app = new App({ outdir: join(root, 'out'), stackTraces: false });
    const built = synthesiseEnvironments(app, { root, environment: 'local' });
    expect([built.map(({ name }) => name), app.node.children.length]).toEqual([['local'], roles.length]);
    expect(existsSync(marker)).toBe(false);
    const all = new App({ outdir: join(root, 'all'), stackTraces: false });
    rmSync(join(root, shipped, 'prod.yaml'));
    for (let i = 2; i < 30; i++) rmSync(join(root, shipped, `other-${i}.ts`));
    synthesiseEnvironments(all, { root });
    expect(existsSync(marker)).toBe(true);
  });
});

describe('two environments of one name', () => {
  it.each([
    ['local.json', 'local.yaml', 'one file name, and so one lock'],
    ['shop.yaml', 'local.yaml', 'one name in two files'],
  ])('%s and %s are an error that names both: %s', (second, first) => {
    const text = readFileSync(join(shipped, 'local.yaml'), 'utf8');
    expect(text.split('\n')[7]).toBe('name: local');
    write(second, second.endsWith('.json') ? '{ "name": "other" }' : text);
    const app = new App({ outdir: join(root, 'out'), stackTraces: false });
    expect(() => synthesiseEnvironments(app, { root, environment: join(root, shipped, first) })).toThrow(
      `${join(root, shipped, first)}:8:1: name: must be a name that no other environment has, got 'local', which ${join(root, shipped, second)} has too, so that both would have the same states; rename one, also its file`,
    );
  });
});

describe('the real CLI', () => {
  it('deploys the good one, and does nothing at all when the bad one is asked for too', async () => {
    const loader = resolve('node_modules', 'tsx', 'dist', 'loader.mjs');
    writeFileSync(
      join(root, 'main.ts'),
      `import { berthApp } from ${JSON.stringify(resolve('stacks'))};\nberthApp();\n`,
    );
    writeFileSync(
      join(root, 'cdktf.json'),
      JSON.stringify({
        language: 'typescript',
        app: `node --import ${loader} main.ts`,
        projectId: 'refused',
        sendCrashReports: 'false',
      }),
    );
    const { file } = await findCdktf(process.cwd());
    const deploy = (...stacks: string[]): Promise<Execution> =>
      execute(process.execPath, [file, 'deploy', ...stacks, '--auto-approve', '--no-color'], {
        directory: root,
        environment: { ...process.env, CI: '1', CHECKPOINT_DISABLE: '1' },
      });
    const all = await deploy('*');
    expect([all.status === 0, all.stdout + all.stderr]).toEqual([
      false,
      expect.stringMatching(/"prod cannot be built": ".*prod\.yaml:3:1: workloads: must be/),
    ]);
    expect(existsSync(join(root, 'terraform.local-hosted.tfstate'))).toBe(false);
    const good = await deploy('local-hosted', '--ignore-missing-stack-dependencies');
    expect([good.status, good.stdout]).toEqual([
      0,
      expect.stringMatching(
        /WARN \[prod-platform\]: prod is left out, because it cannot be built: .*prod\.yaml/,
      ),
    ]);
    expect(existsSync(join(root, 'terraform.local-hosted.tfstate'))).toBe(true);
  }, 120_000);
});
