import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeployProject } from '../../bench/deploy/project';
import { runSentence, runStacks } from '../../bin/stack-runs';
import { version } from '../../text/version';

/** Each deploy starts a CLI for each stack. */
jest.setTimeout(900_000);

type Loose = Record<string, unknown>;

describe('a deploy over what somebody else deployed', () => {
  let project: DeployProject;
  beforeEach(async () => {
    project = await DeployProject.open('dev', { localStates: true });
  });
  afterEach(() => project.close());

  const read = (path: string): Loose => JSON.parse(readFileSync(path, 'utf8')) as Loose;
  const edit = (path: string, change: (data: Loose) => void): void => {
    const data = read(path);
    change(data);
    writeFileSync(path, JSON.stringify(data, null, 2));
  };
  const state = (): string => join(project.directory, 'terraform.dev-edge.tfstate');
  const lock = (): string => join(project.directory, 'config', 'environments', 'dev.lock.json');
  const recorded = (): unknown => (read(state()).outputs as Loose).berth_lock;
  /** Status and errors of a deploy of one stack. */
  const deployed = async (...more: readonly string[]): Promise<readonly [number, string]> => {
    const { status, stderr } = await project.berth('deploy', ['--only', 'edge', '--auto-approve', ...more]);
    const end = `error ${lock()}: `;
    return [status, stderr.slice(Math.max(0, stderr.indexOf('error '))).replaceAll(end, '')];
  };
  const refused = (problem: string): readonly [number, string] => [
    4,
    `error ${problem}\nnothing was deployed; --allow-older deploys it all the same\n`,
  ];

  it('is refused from an earlier lock, from another one of the same number, and by an older Berth', async () => {
    const file = lock();
    edit(file, data => (data.serial = 7));
    expect((await deployed())[0]).toBe(0);
    expect(recorded()).toMatchObject({ value: { berth: version(), serial: 7 } });
    const before = readFileSync(state(), 'utf8');

    edit(file, data => (data.serial = 6));
    expect(await deployed()).toEqual(
      refused(
        `dev-edge was deployed from lock 7, and ${file} is lock 6: take the later one from your version control; to go back, change the environment and place it again over that`,
      ),
    );
    edit(file, data => {
      data.serial = 7;
      (data.decision as Loose).asOf = '2026-11-25';
    });
    expect(await deployed()).toEqual(
      refused(
        `dev-edge was deployed from lock 7, and ${file} is lock 7 too, but another one: it was placed in two places at once; bring both together in your version control and place again`,
      ),
    );
    expect(readFileSync(state(), 'utf8')).toBe(before);

    edit(state(), data => ((((data.outputs as Loose).berth_lock as Loose).value as Loose).berth = '99.1.0'));
    expect(await deployed()).toEqual(
      refused(
        `dev-edge was deployed by Berth 99.1.0, and this is ${version()}: upgrade cdktf-berth to 99.1.0`,
      ),
    );
    expect((await deployed('--allow-older'))[0]).toBe(0);
    expect(recorded()).toMatchObject({ value: { berth: version(), serial: 7 } });
  });
});

it('two deploys at once: the one that comes second to a state says so, and does nothing', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'berth-locked-'));
  const file = join(directory, 'cli.js');
  const said = 'Error: Error acquiring the state lock';
  writeFileSync(file, `console.error(process.argv[3] + '  ${said}'); process.exit(1);`);
  const told: string[] = [];
  try {
    const [run] = await runStacks([{ name: 'dev-hosts', dependencies: [] }], {
      command: 'deploy',
      cli: { file } as Parameters<typeof runStacks>[1]['cli'],
      directory,
      environment: process.env,
      args: [],
      asks: false,
      tell: line => told.push(line),
      wasDismissed: () => Promise.resolve(false),
    });
    expect(told).toEqual([`dev-hosts  ${said}`]);
    expect(run).toEqual({ name: 'dev-hosts', outcome: 'failed', locked: true });
    expect(run && runSentence(run)).toBe(
      'dev-hosts: failed, because another deploy or destroy is at it: nothing was done; wait for it, and run this again',
    );
  } finally {
    rmSync(directory, { recursive: true });
  }
});
