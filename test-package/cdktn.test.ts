import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { commonJs, environments, esm } from './kit';
import { filesOf } from './pages';
import { Project, printed } from './project';
import type { Run } from './project';

/** A page's code as its reader changes it, step 2 of docs/frameworks.md. */
function switched(code: string): string {
  return code
    .replace(/(['"])cdktf\1/g, "'cdktn'")
    .replaceAll('@cdktf/provider-azurerm', '@cdktn/provider-azurerm')
    .replace(/(['"])cdktf-berth(\/constructs)?\1/g, "'cdktf-berth/cdktn$2'");
}

const of = (page: string): Record<string, string> =>
  Object.fromEntries(Object.entries(filesOf(page)).map(([file, code]) => [file, switched(code)]));

function succeeds(project: Project, command: string, env?: Readonly<Record<string, string>>): Run {
  const run = project.run(command, env);
  if (run.status !== 0) throw new Error(`${command} ended with ${String(run.status)}:\n${printed(run)}`);
  return run;
}

describe('the package beside cdktn and its bindings', () => {
  it('is installed without the bindings of cdktf', () => {
    const { directory } = new Project({}, 'cdktn');
    const installed = (name: string) => existsSync(join(directory, 'node_modules', name, 'package.json'));
    expect(installed('@cdktn/provider-azurerm')).toBe(true);
    expect(installed('@cdktf/provider-azurerm')).toBe(false);
  });

  it('places, synthesises and rehearses the environment of the page on own projects', () => {
    const project = new Project(of('docs/own-project.md'), 'cdktn');
    expect(project.read('main.ts')).toContain("'cdktf-berth/cdktn'");
    succeeds(project, 'npx berth place shop');
    succeeds(project, 'node --import tsx main.ts', { BERTH_ENV: 'shop', CDKTF_OUTDIR: 'out' });
    expect(JSON.parse(project.read('out/stacks/shop-hosted/cdk.tf.json'))).toHaveProperty(
      'terraform.required_providers.azurerm.version',
      '4.73.0',
    );
    expect(JSON.parse(project.read('out/shop.models.json'))).toHaveProperty('support-chat');
    const { stdout } = succeeds(project, 'npx berth rehearse shop --json');
    expect(JSON.parse(stdout)).toMatchObject({ ok: true, findings: [] });
  });

  it.each([
    ['CommonJS', 'kit.test.cjs', commonJs("const { test } = require('node:test');\n"), {}],
    ['ESM', 'kit.test.mjs', esm("import { test } from 'node:test';\n"), { type: 'module' }],
  ])('runs the kit in %s', (_, file, code, kind) => {
    const project = new Project(
      {
        ...environments,
        [file]: switched(code).replaceAll('}, 60000);', '});'),
        'package.json': { name: 'shop', ...kind },
      },
      'cdktn',
    );
    expect(printed(succeeds(project, `node --test ${file}`))).toMatch(/pass 3/);
  });

  it('rehearses a stack of its constructs, which compiles against the types of cdktn', () => {
    const { 'letters.ts': letters = '' } = of('README.md');
    const run = `import { App } from 'cdktn';
import { rehearse } from 'cdktf-berth/testing';
import { LettersStack } from './letters';
void rehearse(new LettersStack(new App({ stackTraces: false }), 'letters', 50)).then(({ ok, findings }) => {
  console.log(JSON.stringify({ ok, findings }));
});
`;
    const compilerOptions = {
      strict: true,
      noEmit: true,
      skipLibCheck: true,
      target: 'es2022',
      module: 'node16',
    };
    const project = new Project(
      { 'letters.ts': letters, 'run.ts': run, 'tsconfig.json': { compilerOptions, include: ['*.ts'] } },
      'cdktn',
    );
    succeeds(project, 'npx tsc -p tsconfig.json');
    expect(succeeds(project, 'node --import tsx run.ts').stdout.trim()).toBe('{"ok":true,"findings":[]}');
  });
});
