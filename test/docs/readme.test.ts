import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { environmentSchema } from '../../config/environment';
import { parse } from 'yaml';
import { snippetOf, snippetsOf } from './snippets';

const readme = readFileSync(resolve('README.md'), 'utf8');
const snippets = snippetsOf(readme);

describe('the README', () => {
  it('begins with the two commands that CI runs', () => {
    expect(snippets.slice(0, 2).map(({ code }) => code)).toEqual([
      'npm ci && npm run rehearse\n',
      'npm ci && npm test\n',
    ]);
  });

  it('shows what explain prints', () => {
    const command = ['--import', 'tsx', 'bin/berth.ts', 'explain', 'dev', '--today', '2026-11-24'];
    const printed = execFileSync(process.execPath, command, { encoding: 'utf8' });
    expect(printed).toContain(snippetOf(snippets, 'explain.txt').code);
  }, 60_000);

  it('has configuration that the schema accepts', () => {
    const { backend } = parse(snippets.find(({ language }) => language === 'yaml')?.code ?? '') as {
      backend: object;
    };
    const environment = {
      name: 'shop',
      backend,
      workloads: [{ name: 'chat', task: 'chat', traffic: { requestsPerDay: 1, inputTokens: 1 } }],
    };
    expect(environmentSchema.safeParse(environment).error).toBeUndefined();
  });

  it('names only scripts and files that exist', () => {
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: object };
    const named = [...readme.matchAll(/npm run ([\w:-]+)/g)].map(match => match[1]);
    expect(named.filter(name => !(String(name) in scripts))).toEqual([]);
    const links = [...readme.matchAll(/\]\((?!https?:)([^)#]+)/g)].map(match => String(match[1]));
    expect(links.length).toBeGreaterThan(5);
    expect(links.filter(link => !existsSync(link))).toEqual([]);
  });
});
