import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openRehearsal } from '../../testing';
import { cloudFormationTemplates, releasedApps } from './apps';
import { differences } from './differences';
import { impersonal } from './impersonal';
import { planLines } from './plan-lines';
import { keptReleases, releasedStacks, releasedTemplates, statedChanges, statedLines } from './release';

/** Each app is planned in a rehearsal. */
jest.setTimeout(300_000);

interface Synthesised {
  readonly variable?: Readonly<Record<string, { readonly default?: unknown }>>;
}

/** Of the one release that there is; the CloudFormation app and the examples are today's. */
const apps = releasedApps('test/lock/release-0.1.0');
let work: string;
beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), 'releases-'));
  for (const { name, synthesise } of apps) synthesise(join(work, name));
});
afterAll(() => rmSync(work, { recursive: true }));

function synthesised(app: string, stack: string): Synthesised {
  const text = readFileSync(join(work, app, 'stacks', stack, 'cdk.tf.json'), 'utf8');
  return JSON.parse(text) as Synthesised;
}

/** The states as files of a directory of their own. */
function statesOf(version: string, app: string): string {
  const directory = join(work, `${app}-${version}`);
  mkdirSync(directory);
  for (const [stack, { state }] of Object.entries(releasedStacks(version, app)))
    writeFileSync(join(directory, `${stack}.tfstate`), JSON.stringify(state));
  return directory;
}

/** The devices themselves instead of those of the rehearsal: a plan connects to none. */
function devices(app: string, stacks: readonly string[]): Record<string, unknown> {
  const variables = stacks.flatMap(stack => Object.entries(synthesised(app, stack).variable ?? {}));
  return Object.fromEntries(
    variables
      .filter(([name]) => /_(host|port|host_key)$/.test(name))
      .map(([name, { default: value }]) => [name, value]),
  );
}

/** What brings a recipe is called by its digest, which another script changes. */
const withoutDigest = (line: string): string =>
  line
    .replace(/(Recipe|Handle|Served)[0-9a-f]{12}[0-9A-F]{8}(: \(.*)?/g, '$1<digest>')
    .replace(/(Recipe[0-9A-F]{8}): \(.*/, '$1');

describe.each(keptReleases())('what release %s deployed', version => {
  it.each(apps.map(({ name }) => name))('%s keeps its addresses, names and ids', app => {
    const now = Object.entries(releasedStacks(version, app)).flatMap(([stack, before]) => {
      const after = impersonal(stack, { ...before, synthesised: synthesised(app, stack) });
      return differences(before.synthesised, after.synthesised).map(line => `${stack}: ${line}`);
    });
    expect(now.sort()).toEqual(statedLines(version, app, 'files'));
  });

  it.each(apps.map(app => [app.name, app] as const))('%s is not changed by a deploy', async (name, app) => {
    const variables = devices(name, Object.keys(releasedStacks(version, name)));
    const target = { directory: join(work, name) };
    const rehearsal = await openRehearsal(target, { ...app, states: statesOf(version, name), variables });
    try {
      expect(planLines(await rehearsal.plan())).toEqual(statedLines(version, name, 'plan'));
    } finally {
      await rehearsal.close();
    }
  });

  it('on AWS keeps its logical ids and properties', () => {
    const now = differences(releasedTemplates(version), cloudFormationTemplates());
    expect(now.map(withoutDigest)).toEqual(statedLines(version, 'cloudformation', 'files'));
  });

  it('changes only as the CHANGELOG says', () => {
    const words = readFileSync('CHANGELOG.md', 'utf8').replace(/\s+/g, ' ');
    const stated = statedChanges(version);
    expect(stated.filter(({ changelog }) => changelog.length < 20 || !words.includes(changelog))).toEqual([]);
    const known = [...apps.map(({ name }) => name), 'cloudformation'];
    expect(
      stated.flatMap(({ apps: changed }) => Object.keys(changed)).filter(app => !known.includes(app)),
    ).toEqual([]);
  });
});
