import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bindingsOf } from '../../../rehearsal/schema/bindings';

const root = mkdtempSync(join(tmpdir(), 'bindings-'));

beforeAll(() => {
  for (const [framework, version] of [
    ['cdktf', '3.1.0'],
    ['cdktn', '4.2.0'],
  ] as const) {
    const folder = join(root, 'node_modules', `@${framework}`, 'provider-shop');
    mkdirSync(folder, { recursive: true });
    const provider = { name: 'registry.terraform.io/acme/shop', version };
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ [framework]: { provider } }));
  }
});

afterAll(() => rmSync(root, { recursive: true }));

it.each([
  [[], '4.2.0'],
  [['~> 3.0'], '3.1.0'],
  [['>= 3.0'], '4.2.0'],
  // No bindings are of these: the closest major version.
  [['= 3.0.2'], '3.1.0'],
  [['~> 2.0'], '3.1.0'],
  [['>= 5.2'], '4.2.0'],
  [['= 4.9.0', '~> 3.0'], '3.1.0'],
])('bindings for a stack that asks for %j', (asked, version) => {
  expect(bindingsOf('acme/shop', asked, root)?.version).toBe(version);
});

it('knows no bindings of another owner', () => {
  expect(bindingsOf('other/shop', [], root)).toBeUndefined();
});
