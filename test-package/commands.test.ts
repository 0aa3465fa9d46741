import { copyFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ownEnvironmentText, packStandIn, sha256 } from '../test/own-machine/stand-in';
import { environments } from './kit';
import { filesOf, pages, snippets } from './pages';
import { Project, printed } from './project';
import type { Run } from './project';

const page = 'docs/own-project.md';
const linesOf = (name: string): string[] =>
  snippets(name)
    .filter(({ language, notRun }) => language === 'sh' && !notRun)
    .flatMap(({ code }) => code.trim().split('\n'));

function succeeds(project: Project, command: string, env: Readonly<Record<string, string>> = {}): Run {
  const run = project.run(command, env);
  if (run.status !== 0) throw new Error(`${command} ended with ${String(run.status)}:\n${printed(run)}`);
  return run;
}

describe('the page on projects of your own', () => {
  it('runs, line by line', () => {
    const project = new Project(filesOf(page));
    // What has machines on AWS is below.
    const lines = linesOf(page).filter(line => line !== 'npx cdk synth');
    expect(lines).toEqual([
      'npx berth explain shop',
      'npx berth place shop',
      'npx berth rehearse shop',
      'npx cdktf synth',
    ]);
    const said = lines.map(line => printed(succeeds(project, line)));
    expect(said[0]).toContain('support-chat');
    expect(said[2]).toContain('deployed');
    expect(existsSync(join(project.directory, 'cdktf.out', 'shop.models.json'))).toBe(true);
  });

  it('has the schema that its environment names', () => {
    const project = new Project(filesOf(page));
    const schema = /\$schema=(\S+)/.exec(project.read('config/environments/shop.yaml'))?.[1] ?? '';
    expect(JSON.parse(project.read(join('config/environments', schema)))).toHaveProperty(
      'properties.workloads',
    );
  });
});

describe('your own machine', () => {
  it('serves by the two lines of the README, with a folder in place of the internet', () => {
    const weights = 'GGUF';
    const project = new Project({}, 'alone');
    const engine = readFileSync(packStandIn(project.directory));
    project.write(
      'config/environments/local.json',
      ownEnvironmentText({
        engine: { url: 'https://models.example.com/engine.tar.gz', sha256: sha256(engine) },
        weights: { url: 'https://models.example.com/small.gguf', sha256: sha256(weights) },
      }),
    );
    project.write(`files/${sha256(weights)}.gguf`, weights);
    copyFileSync(
      join(project.directory, 'engine.tar.gz'),
      join(project.directory, `files/${sha256(engine)}.tar.gz`),
    );
    const env = {
      XDG_STATE_HOME: join(project.directory, 'state'),
      XDG_CACHE_HOME: join(project.directory, 'cache'),
    };
    const [up = '', down = ''] = linesOf('README.md').filter(line => /^npx berth (up|down)/.test(line));
    const said = succeeds(project, up, { ...env, BERTH_FILES: join(project.directory, 'files') });
    const call = /call it: (.*)/.exec(said.stdout)?.[1] ?? '';
    expect(succeeds(project, call).stdout).toContain('Hello from qwen3-0.6b.');
    expect(succeeds(project, down, env).stdout).toContain('qwen3-0.6b stopped');
    expect(project.run(call).status).not.toBe(0);
  });

  it('comes with an environment that needs no project', () => {
    const empty = new Project({}, 'alone');
    const env = {
      XDG_STATE_HOME: join(empty.directory, 'state'),
      XDG_CACHE_HOME: join(empty.directory, 'cache'),
    };
    const { status, stderr } = empty.run('npx berth up', {
      ...env,
      BERTH_FILES: join(empty.directory, 'nothing'),
    });
    expect([status, stderr]).toEqual([69, expect.stringMatching(/huggingface\.co.* put it here as /)]);
  });
});

describe('machines on AWS', () => {
  // The environment of the page, with data that may not leave AWS and files that somebody verified.
  const onAws = `name: shop
aws: { region: us-east-1 }
weights:
  smollm2:
    model: smollm2-1.7b-instruct
    quantisation: Q4_K_M
    url: https://models.example.com/smollm2-1.7b-q4_k_m.gguf
    revision: r1
    sha256: 344f9bf8060a0cffa207e9db3dd34bc62efccdbe6576507b4a9f92762990ab38
engines:
  - { arch: amd64, accelerator: cpu, version: b9000, url: https://models.example.com/b9000/amd64.tar.gz, sha256: ba732d16f46fef35bf7cfee5b97b17fb3e949dd6aa01bd7e2373f20b1895ba73 }
  - { arch: arm64, accelerator: cpu, version: b9000, url: https://models.example.com/b9000/arm64.tar.gz, sha256: 5e7dc1975b3ec92c1f60841612e34d9a860efabbd8026ec212e87606eca456cf }
workloads:
  - name: order-notes
    task: extraction
    scope: focused
    quality: any
    languages: [en]
    residency: region
    dataLocation: { provider: aws, region: us-east-1 }
    traffic: { requestsPerDay: 2000, inputTokens: 350, outputTokens: 60 }
`;

  it.each(['README.md', page])('are synthesised by the app that %s shows', name => {
    const { 'aws.ts': app = '' } = filesOf(name);
    const { 'cdk.json': settings = '' } = filesOf(page);
    const project = new Project({
      'aws.ts': app,
      'cdk.json': settings,
      'config/environments/shop.yaml': onAws,
    });
    expect(linesOf(page)).toContain('npx cdk synth');
    succeeds(project, 'npx berth place shop');
    expect(succeeds(project, 'npx cdk synth').stdout).toContain('AWS::EC2::Instance');
    const { status, stderr } = project.run('npx cdk synth', { BERTH_ENV: 'shpo' });
    expect(stderr).toContain(
      "an environment of config/environments (shop) or the path of a file is allowed, got 'shpo'",
    );
    expect(status).toBe(1);
  });

  it('do not load cdktf', () => {
    const project = new Project({});
    const loaded =
      "require('cdktf-berth/aws'); Object.keys(require.cache).filter(f => /node_modules.(@?cdktf|zod)/.test(f) && !f.includes('cdktf-berth'))";
    expect(succeeds(project, `node -p "${loaded}"`).stdout.trim()).toBe('[]');
  });
});

describe('berth, from the package alone', () => {
  const project = new Project(
    {
      'config/environments/shop.yaml': environments['shop.yaml'],
      'config/environments/typed.ts': environments['shop.ts'].replace("'shop'", "'typed'"),
    },
    'alone',
  );

  it('says its version and its commands', () => {
    const { version } = JSON.parse(project.read('node_modules/cdktf-berth/package.json')) as {
      version: string;
    };
    expect(succeeds(project, 'npx berth --version').stdout).toBe(`${version}\n`);
    expect(succeeds(project, 'npx berth --help').stdout).toContain('rehearse');
  });

  it('explains and places, in YAML and TypeScript', () => {
    expect(succeeds(project, 'npx berth explain shop').stdout).toContain('chat');
    expect(succeeds(project, 'npx berth explain shop --json').stdout).toMatch(/^\{/);
    succeeds(project, 'npx berth explain shop --report shop.html');
    expect(project.read('shop.html')).toContain('<svg');
    succeeds(project, 'npx berth place shop');
    succeeds(project, 'npx berth place typed');
    succeeds(project, 'npx berth explain --diff config/environments/shop.lock.json typed --markdown');
  });

  it('places TypeScript in a project of ES modules', () => {
    const esm = new Project(
      {
        'package.json': { name: 'shop', type: 'module' },
        'config/environments/shop.ts': environments['shop.ts'],
      },
      'alone',
    );
    succeeds(esm, 'npx berth place shop');
    expect(existsSync(join(esm.directory, 'config', 'environments', 'shop.lock.json'))).toBe(true);
  });

  it('writes the schema where there is no config directory yet', () => {
    const empty = new Project({}, 'alone');
    expect(JSON.parse(succeeds(empty, 'npx berth schema').stdout)).toHaveProperty('properties.workloads');
    succeeds(empty, 'npx berth schema --write');
    expect(empty.read('config/environment.schema.json')).toBe(succeeds(empty, 'npx berth schema').stdout);
  });

  it('says in an empty project what is missing', () => {
    const empty = new Project({}, 'alone');
    const { status, stderr } = empty.run('npx berth explain dev');
    expect([status, stderr]).toEqual([1, expect.stringContaining('config/environments')]);
    expect(stderr).not.toMatch(/^ +at /m);
  });

  it('says in one sentence that a device is rehearsed with ssh2, which is not there', () => {
    const device = new Project(
      {
        'main.tf.json': {
          variable: Object.fromEntries(
            ['host', 'port', 'host_key'].map(what => [`till_${what}`, { type: 'string' }]),
          ),
        },
      },
      'alone',
    );
    const { status, stderr } = device.run('npx berth rehearse .');
    expect(existsSync(join(device.directory, 'node_modules', 'ssh2'))).toBe(false);
    expect(stderr.trim()).toBe(
      'error the stacks set up a device over SSH, and its rehearsal needs the package ssh2, which is not installed; run: npm install --save-dev ssh2',
    );
    expect(status).toBe(1);
  });
});

it('every snippet of every page is run, compiled, or says that it cannot be', () => {
  const compiled = [
    'docs/testing.md',
    'docs/typed-azapi.md',
    'docs/calling-models.md',
    'docs/catalogue-roads.md',
  ];
  const covered = new Set(['README.md', ...compiled, page]);
  // Pages of constructs are made of the comments in the code, whose examples are compiled there.
  const idle = pages()
    .filter(name => !covered.has(name) && !name.startsWith('docs/constructs/'))
    .flatMap(name => snippets(name).map(snippet => ({ name, ...snippet })))
    .filter(({ language, notRun }) => !notRun && ['ts', 'js', 'sh'].includes(language))
    .map(({ name, line }) => `${name}:${line}`);
  expect(idle).toEqual([]);
  const lines = linesOf('README.md').filter(line => !line.startsWith('npx berth'));
  // The README's own commands are of this repository; CI runs them there.
  expect(lines).toEqual(['npm ci && npm run rehearse', 'npm ci && npm test', 'npm run explain -- dev']);
});
