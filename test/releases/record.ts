import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { version } from '../../package.json';
import { openRehearsal } from '../../testing';
import { cloudFormationTemplates, releasedApps } from './apps';
import type { ReleasedApp } from './apps';
import { impersonal } from './impersonal';
import { releaseDirectory } from './release';
import type { ReleasedStack, State } from './release';

/**
 * A program: keeps what this version synthesises and deploys, for the tests of all later ones. It is run once for each
 * release, on the commit that becomes it: `npm run record-release`.
 */
async function main(): Promise<void> {
  const directory = releaseDirectory(version);
  mkdirSync(directory, { recursive: true });
  const work = mkdtempSync(join(tmpdir(), 'release-'));
  try {
    for (const app of releasedApps()) {
      write(join(directory, `${app.name}.json.gz`), await deployed(app, join(work, app.name)));
    }
    write(join(directory, 'cloudformation.json.gz'), cloudFormationTemplates());
  } finally {
    rmSync(work, { recursive: true });
  }
}

async function deployed(
  app: ReleasedApp,
  directory: string,
): Promise<Readonly<Record<string, ReleasedStack>>> {
  app.synthesise(directory);
  const rehearsal = await openRehearsal({ directory }, app);
  try {
    const failed = (await rehearsal.deploy()).filter(({ ok }) => !ok);
    if (failed.length > 0) throw new Error(`not deployed: ${JSON.stringify(failed, null, 1)}`);
    const names = readdirSync(join(directory, 'stacks')).sort();
    return Object.fromEntries(
      names.map(name => {
        const synthesised = readJson(join(directory, 'stacks', name, 'cdk.tf.json'));
        const state = readJson(join(rehearsal.directory, 'state', `${name}.tfstate`)) as State;
        return [name, impersonal(name, { synthesised, state })];
      }),
    );
  } finally {
    await rehearsal.close();
  }
}

function readJson(file: string): object {
  return JSON.parse(readFileSync(file, 'utf8')) as object;
}

/** The same content makes the same bytes: Node writes no time into the head of gzip. */
function write(file: string, content: object): void {
  writeFileSync(file, gzipSync(`${JSON.stringify(content, null, 1)}\n`, { level: 9 }));
  process.stdout.write(`${file}\n`);
}

void main();
