import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { satisfies } from 'semver';
import { execute } from '../process/execute';
import { CdktfUnusable } from '../unusable';

/** A command that deploys a cdktf app: `cdktf` of cdktf-cli, or `cdktn` of its successor, which reads the same `cdktf.json`. */
export interface CdktfProgram {
  /** What to type after `npx`. */
  readonly command: 'cdktf' | 'cdktn';
  /** For example `0.21.0`. */
  readonly version: string;
  /** Absolute path of the JavaScript file that this Node.js runs. */
  readonly file: string;
}

/** In the order of preference: apps written for cdktf are deployed by its own CLI where that runs. */
const commands = ['cdktf', 'cdktn'] as const;

/**
 * The native part that each CLI loads for a deploy. It comes as one binary for each version and platform of Node.js, or
 * is compiled at installation, and only loading it shows whether it is there.
 */
const nativePart = { cdktf: '@cdktf/node-pty-prebuilt-multiarch', cdktn: undefined } as const;

const howToGet =
  'npm install --save-dev cdktn-cli (Node.js 22.19 and later) or cdktf-cli (Node.js 20 and 22)';

/**
 * Finds the CLI that runs on this Node.js: `cdktf` if it does, else `cdktn`.
 * @param directory where the app is: its own CLIs are used if it has some
 * @param elsewhere where to look for those it does not have. @default - where Berth is installed
 * @throws CdktfUnusable when neither is installed, or none that is runs on this Node.js
 */
export async function findCdktf(directory: string, elsewhere: string = __dirname): Promise<CdktfProgram> {
  const obstacles: string[] = [];
  for (const command of commands) {
    const manifest = manifestOf(command, [directory, elsewhere]);
    if (!manifest) continue;
    const obstacle = await obstacleTo(command, manifest);
    if (!obstacle) return programOf(command, manifest);
    obstacles.push(`${command}-cli ${manifest.version} ${obstacle}`);
  }
  const what =
    obstacles.length > 0 ? obstacles.join(', and ') : `neither cdktf-cli nor cdktn-cli is installed`;
  throw new CdktfUnusable(`${what}: ${howToGet}`);
}

interface Manifest {
  readonly path: string;
  readonly version: string;
  readonly engines?: { readonly node?: string };
  readonly bin: Readonly<Record<string, string>>;
}

function manifestOf(command: CdktfProgram['command'], paths: string[]): Manifest | undefined {
  let path: string;
  try {
    path = createRequire(__filename).resolve(`${command}-cli/package.json`, { paths });
  } catch {
    return undefined;
  }
  return { ...(JSON.parse(readFileSync(path, 'utf8')) as Omit<Manifest, 'path'>), path };
}

function programOf(command: CdktfProgram['command'], { path, version, bin }: Manifest): CdktfProgram {
  return { command, version, file: join(dirname(path), bin[command] as string) };
}

/** Why the CLI does not run on this Node.js; undefined when it does. */
async function obstacleTo(
  command: CdktfProgram['command'],
  { path, engines }: Manifest,
): Promise<string | undefined> {
  const node = process.versions.node;
  const wanted = engines?.node;
  if (wanted !== undefined && !satisfies(node, wanted)) return `needs Node.js ${wanted} and this is ${node}`;
  const part = nativePart[command];
  return part === undefined || (await loads(part, path))
    ? undefined
    : `does not start on Node.js ${node}, for which its ${part} has no binary`;
}

/** In a process of its own, for a native part that was compiled for another Node.js may end the one that loads it. */
async function loads(part: string, manifest: string): Promise<boolean> {
  const script = 'require("node:module").createRequire(process.argv[1])(process.argv[2])';
  const { status } = await execute(process.execPath, ['-e', script, manifest, part], {
    environment: process.env,
  });
  return status === 0;
}
