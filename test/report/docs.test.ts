import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { catalog, decide, explain, loadEnvironment, renderTable } from '../../config';
import { environmentsDirectory } from '../config/dev-input';

it('the page on reading an explanation shows what the command prints', async () => {
  const page = readFileSync(resolve(__dirname, '../../docs/explain.md'), 'utf8');
  const shown = /```text\n([^]*?)```/.exec(page)?.[1];
  const environment = loadEnvironment(join(environmentsDirectory, 'dev.yaml'));
  const table = renderTable(
    explain(await decide(environment, catalog, { asOf: '2026-11-24' }), environment, catalog),
  );
  const [head = '', ...blocks] = table.split(/^─+\n/m);
  const titles = head.split('\n').at(-2);
  const block = blocks.find(each => each.startsWith('support-chat'));
  expect(shown).toBe(`${titles}\n${block}`);
});
