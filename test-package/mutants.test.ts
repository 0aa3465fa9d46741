import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import fc from 'fast-check';
import { pieces } from '../test/fuzz/mutants';
import { environments } from './kit';
import { Project } from './project';

const lock = readFileSync(resolve(__dirname, '../config/environments/local.lock.json'), 'utf8');
const local = readFileSync(resolve(__dirname, '../config/environments/local.yaml'), 'utf8');
const prices =
  '{"tables":[{"cloud":"azure","region":"swedencentral","asOf":"2026-11-20","currency":"USD","source":"ours","usdPerHour":{"Standard_D2s_v5":0.09}}]}';

/** A text with a piece in the place of some of its characters. */
const mutant = (text: string): fc.Arbitrary<string> =>
  fc
    .tuple(fc.nat(text.length), fc.nat(30), fc.constantFrom(...pieces, 'x'.repeat(100_000)))
    .map(([at, cut, piece]) => text.slice(0, at) + piece + text.slice(at + cut));

/** The same ones each time. */
const mutantsOf = (text: string, count: number): string[] =>
  fc.sample(mutant(text), { numRuns: count, seed: 20261130 });

const each = 12;
const named = (i: number) => `e${i}`;

/** Files whose environments are mutants, whose locks are, or whose prices are; each with a name of its own. */
function files(): Record<string, string> {
  const shop = environments['shop.yaml'];
  const all: [string, string][] = [];
  mutantsOf(shop, each).forEach((text, i) => all.push([`a${i}.yaml`, text]));
  mutantsOf(lock, each).forEach((text, i) => {
    all.push([`b${i}.yaml`, local.replace('name: local', `name: b${i}`)], [`b${i}.lock.json`, text]);
  });
  mutantsOf(prices, each).forEach((text, i) => {
    const environment = shop.replace('name: shop', `name: ${named(i)}`);
    all.push([`${named(i)}.yaml`, `${environment}prices: p${i}.prices.json\n`], [`p${i}.prices.json`, text]);
  });
  return Object.fromEntries(all.map(([name, text]) => [`config/environments/${name}`, text]));
}

describe('berth, given files that are broken', () => {
  it('says of each in bounded time and space what is wrong, and ends with 1, without a trace', () => {
    const project = new Project(files(), 'alone');
    const { status, stdout, stderr } = project.run('npx berth validate');
    expect(status).toBe(1);
    expect(stderr).toMatch(/^error /);
    expect(stderr.split('\n').filter(line => line.startsWith('error ')).length).toBeGreaterThan(each);
    for (const line of `${stdout}${stderr}`.split('\n')) expect(line.length).toBeLessThan(2_000);
    expect(stderr.length).toBeLessThan(200_000);
    expect(stderr).not.toMatch(/^ +at |defect of Berth|node:internal|Warning: /m);
    // eslint-disable-next-line no-control-regex -- what must not be printed
    expect(stderr).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u202e]/);
  });

  it.each(['validate', 'place', 'explain', 'rehearse'])(
    '%s ends with 1 and one error, and writes nothing',
    command => {
      const project = new Project({ 'config/environments/shop.yaml': 'name: *nobody\n' }, 'alone');
      const { status, stdout, stderr } = project.run(
        `npx berth ${command} shop; code=$?; ls config/environments; exit $code`,
      );
      expect({ status, stdout, stderr: stderr.replaceAll(/\S*config\//g, '') }).toEqual({
        status: 1,
        stdout: 'shop.yaml\n',
        stderr:
          'error environments/shop.yaml: must be valid YAML, got an error: ReferenceError: Unresolved alias (the anchor must be set before the alias): nobody; correct it\n',
      });
    },
  );
});
