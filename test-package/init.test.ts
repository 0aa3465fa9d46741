import { chmodSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'yaml';
import { filesOf, snippets } from './pages';
import { Project, initialised, printed } from './project';

const files = initialised();
const readmeLines = snippets('README.md')
  .filter(({ language, notRun }) => language === 'sh' && !notRun)
  .flatMap(({ code }) => code.trim().split('\n'));

interface Workflow {
  readonly jobs: Readonly<
    Record<string, { readonly steps: readonly { readonly name?: string; readonly run?: string }[] }>
  >;
}

/** Commands of a workflow, in their order. */
function runsOf(file: string): string[] {
  const { jobs } = parse(files[file] ?? '') as Workflow;
  return Object.values(jobs).flatMap(({ steps }) => steps.flatMap(({ run }) => run ?? []));
}

/** Output of a command that has to end well. */
function succeeds(project: Project, command: string, env: Readonly<Record<string, string>> = {}): string {
  const run = project.run(`set -e\n${command}`, env);
  if (run.status !== 0) throw new Error(`${command} ended with ${String(run.status)}:\n${printed(run)}`);
  return printed(run);
}

/** Stands in for the GitHub CLI: keeps one comment, and what it was asked. */
const gh = `#!/bin/sh
echo "$*" >> gh.log
case "$*" in
  *--jq*) cat comment.id 2>/dev/null || true ;;
  *) echo 17 > comment.id ;;
esac
`;

it('makes a repository that passes its own tests and its workflow from pull request to comment', () => {
  const project = new Project({ ...files, gh });
  chmodSync(`${project.directory}/gh`, 0o755);
  const [install, check, test, changes, comment, ...more] = runsOf('.github/workflows/plan.yml');
  expect([install, check, test, more]).toEqual(['npm ci', 'npm run check', 'npm test', []]);
  // As the team's first commit: the test writes its snapshot, which CI only compares.
  expect(succeeds(project, 'npm test', { CI: '' })).toContain('1 snapshot written');
  const commit =
    'git add . && git -c user.name=t -c user.email=t@example.com commit --quiet --message change && git rev-parse HEAD';
  const base = succeeds(project, `git init --quiet && ${commit}`).trim();
  const environment = 'config/environments/dev.yaml';
  project.write(environment, project.read(environment).replace('20000', '60000'));
  const lines = readmeLines.filter(line => line.startsWith('npx berth ') && line.endsWith(' dev'));
  expect(lines).toEqual(['npx berth explain dev', 'npx berth place dev']);
  succeeds(project, [...lines, commit].join('\n'));
  succeeds(project, check ?? '');
  const summary = { BASE: base, GITHUB_STEP_SUMMARY: `${project.directory}/summary.md` };
  succeeds(project, changes ?? '', summary);
  const body = project.read('body.md');
  expect(body).toMatch(/^<!-- berth dev -->\n/);
  expect(body).toContain('traffic.requestsPerDay: 20000 → 60000');
  expect(body).toContain('- dev-hosted: azurerm\\_cognitive\\_deployment support-chat (sku)');
  expect(project.read('summary.md')).toBe(body);
  const env = { GITHUB_REPOSITORY: 'shop/models', NUMBER: '7' };
  const posts = `PATH="$PWD:$PATH"\n${comment}`;
  succeeds(project, posts, env);
  succeeds(project, posts, env);
  const writes = project
    .read('gh.log')
    .trim()
    .split('\n')
    .filter(line => !line.includes('--jq'));
  expect(writes).toEqual([
    'api --silent repos/shop/models/issues/7/comments -F body=@body.md',
    'api --silent --method PATCH repos/shop/models/issues/comments/17 -F body=@body.md',
  ]);
});

it('has workflows that GitHub accepts, as is that of a release, and that run only commands which there are', () => {
  const workflows = Object.keys(files).filter(file => file.startsWith('.github/workflows/'));
  const wrong = (files['.github/workflows/drift.yml'] ?? '').replace('runs-on', 'run-on');
  const project = new Project({
    ...files,
    'wrong.yml': wrong,
    'release.yml': readFileSync(resolve(__dirname, '..', '.github', 'workflows', 'release.yml'), 'utf8'),
    'parse.mjs': `import { readFileSync } from 'node:fs';
import { NoOperationTraceWriter, convertWorkflowTemplate, parseWorkflow } from '@actions/workflow-parser';

for (const name of process.argv.slice(2)) {
  const file = { name, content: readFileSync(name, 'utf8') };
  const { context, value } = parseWorkflow(file, new NoOperationTraceWriter());
  if (value) await convertWorkflowTemplate(context, value);
  for (const { message } of context.errors.getErrors()) console.log(message);
}
`,
  });
  expect(workflows).toHaveLength(3);
  expect(succeeds(project, `node --import tsx parse.mjs release.yml ${workflows.join(' ')}`)).toBe('\n');
  expect(succeeds(project, 'node --import tsx parse.mjs wrong.yml')).toContain("Unexpected value 'run-on'");
  const commands = workflows.flatMap(runsOf).filter(run => run.startsWith('npx berth '));
  expect(commands).toEqual(['npx berth deploy dev --auto-approve', 'npx berth drift dev']);
  const help = succeeds(project, commands.map(each => `${each} --help`).join('\n'));
  expect(help.match(/^Usage: berth \S+/gm)).toEqual(['Usage: berth deploy', 'Usage: berth drift']);
});

it('writes nothing where one of its files is there', () => {
  const project = new Project({ 'main.ts': '// ours\n' }, 'alone');
  const { status, stderr } = project.run('npx berth init');
  expect([status, stderr]).toEqual([
    64,
    'error .: a folder without main.ts, package.json is needed, got one with them; name another folder, or move them away\n',
  ]);
  expect(succeeds(project, 'ls -A')).toBe('main.ts\nnode_modules\npackage.json\n\n');
});

it('takes what the team has already, and refuses what it cannot be', () => {
  const project = new Project({}, 'alone');
  const id = '11111111-2222-4333-8444-555555555555';
  const own = `--name prod --subscription ${id} --location westeurope --state-account stshopstates`;
  expect(succeeds(project, `npx berth init models ${own}`)).not.toContain('write your own');
  const text = project.read('models/config/environments/prod.yaml');
  expect(parse(text)).toMatchObject({
    name: 'prod',
    azure: { subscriptionId: id, locations: ['westeurope'] },
    backend: { storageAccountName: 'stshopstates' },
  });
  const { status, stderr } = project.run('npx berth init other --subscription mine --location nowhere1');
  expect(stderr).toContain("azure.subscriptionId: must be a GUID, got 'mine'");
  expect([status, project.run('ls other').status]).toEqual([1, 2]);
});

it('is what the README shows', () => {
  const [schema = '', ...lines] = (files['config/environments/dev.yaml'] ?? '').split('\n');
  expect(schema).toMatch(/^# yaml-language-server: \$schema=/);
  expect(lines.join('\n')).toBe(filesOf('README.md')['config/environments/dev.yaml']);
});
