import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cliConfiguration, linkCallerHome } from '../../../rehearsal/run/caller-home';

const root = mkdtempSync(join(tmpdir(), 'berth-home-'));
const [home, into] = [join(root, 'home'), join(root, 'rehearsal')];
beforeAll(() => {
  for (const path of ['.ssh', '.azure', '.terraform.d/plugins'])
    mkdirSync(join(home, path), { recursive: true });
  mkdirSync(into);
  writeFileSync(join(home, '.ssh', 'id_rsa.pub'), 'ssh-rsa AAAA');
  writeFileSync(join(home, '.azure', 'msal_token_cache.json'), '{}');
  writeFileSync(join(home, '.terraformrc'), '');
});
afterAll(() => rmSync(root, { recursive: true }));

it('gives a rehearsal the files of the caller that its stacks name, and no others', () => {
  const key = '${file("~/.ssh/id_rsa.pub")}';
  const json = {
    resource: {
      terraform_data: { a: { input: [key, '${file("~/../etc/passwd")}', '~/.ssh', '~/nowhere.pub'] } },
    },
  };
  linkCallerHome([{ name: 'a', directory: root, dependencies: [], json }], into, home);
  expect(readFileSync(join(into, '.ssh', 'id_rsa.pub'), 'utf8')).toBe('ssh-rsa AAAA');
  expect(existsSync(join(into, '.terraform.d', 'plugins'))).toBe(true);
  expect(existsSync(join(into, '.azure'))).toBe(false);
});

it.each([
  ['the file that the environment names', { TF_CLI_CONFIG_FILE: join(home, '.terraformrc') }, '/', true],
  ['that of the home directory', {}, home, true],
  ['none where the environment names nothing', { TF_CLI_CONFIG_FILE: join(home, 'gone') }, home, false],
])('takes for the CLI configuration %s', (_, environment, of, isThere) => {
  expect(cliConfiguration(environment, of)).toBe(isThere ? join(home, '.terraformrc') : undefined);
});
