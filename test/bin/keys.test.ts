import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { rotateKey } from '../../bin/keys';

const keyed = {
  api: 'openai-chat',
  model: 'small',
  auth: 'api-key',
  baseUrl: 'https://notes.internal:8443/v1',
};
const listed = {
  'on-azure': { ...keyed, keySource: 'https://kv-shop.vault.azure.net/secrets/triage-api-key' },
  'on-aws': { ...keyed, keySource: 'secretsmanager:berth/notes/api-key' },
  'in-shop': { ...keyed, keySource: 'ssh://berth@till.example.com:22/etc/berth/till/api-key' },
  here: { ...keyed, keySource: 'file:~/.local/state/berth/local/api-key' },
  hosted: { ...keyed, auth: 'entra-id', audience: 'https://ai.azure.com/.default' },
};

/** Stand in for the CLIs. They say what they were asked, keep the file that they are given, and answer what is in `versions`. */
const program = (name: string, kept: string) => `#!/bin/sh
while [ ${name} = ssh ] && [ "$1" != -- ]; do shift; done
echo "${name} $*" >>"$SAID/asked"
[ ! -f "$SAID/refused" ] || { cat "$SAID/refused" >&2; exit 5; }
for word in "$@"; do case "$word" in ${kept}) cp "\${word#file://}" "$SAID/key" ;; list*) cat "$SAID/versions" ;; esac; done
`;

const home = process.cwd();
const before = { ...process.env };
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'berth-keys-'));
  for (const [name, kept] of Object.entries({ az: '*/berth-key-*', aws: 'file://*', ssh: 'none' })) {
    mkdirSync(join(folder, 'bin'), { recursive: true });
    writeFileSync(join(folder, 'bin', name), program(name, kept));
    chmodSync(join(folder, 'bin', name), 0o755);
  }
  mkdirSync(join(folder, 'config', 'environments'), { recursive: true });
  mkdirSync(join(folder, 'cdktf.out'));
  writeFileSync(join(folder, 'cdktf.out', 'shop.models.json'), JSON.stringify(listed));
  const hostKey = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJcAwN5d7NJeQOYsvjvZmKjttvY6p6T1CPSK35L96Gs5';
  const environment = {
    name: 'shop',
    aws: { region: 'us-east-1' },
    devices: {
      till: {
        site: 'shop-a',
        hardware: 'raspberry-pi-5-8gb',
        connection: { host: 'till.example.com', hostKey },
      },
    },
    workloads: [{ name: 'chat', task: 'chat', traffic: { requestsPerDay: 1, inputTokens: 1 } }],
  };
  writeFileSync(join(folder, 'config', 'environments', 'shop.json'), JSON.stringify(environment));
  process.chdir(folder);
  Object.assign(process.env, {
    PATH: `${join(folder, 'bin')}${delimiter}${before['PATH'] ?? ''}`,
    SAID: folder,
    XDG_STATE_HOME: join(folder, 'state'),
  });
});
afterEach(() => {
  jest.restoreAllMocks();
  process.chdir(home);
  process.env = { ...before };
  rmSync(folder, { recursive: true });
});

const versions = (...made: (string | number)[]) =>
  writeFileSync(join(folder, 'versions'), JSON.stringify(made));
const asked = () => readFileSync(join(folder, 'asked'), 'utf8');

async function told(workload: string): Promise<string> {
  let out = '';
  jest.spyOn(process.stdout, 'write').mockImplementation(text => Boolean((out += String(text))));
  await rotateKey('shop', workload);
  return out.replace(/\d{4}-\d\d-\d\d/, '<day>');
}

describe('berth keys rotate', () => {
  it.each([
    [
      'on-azure',
      /^az keyvault secret list-versions --vault-name kv-shop --name triage-api-key --query \[\]\.attributes\.created --output json\naz keyvault secret set --vault-name kv-shop --name triage-api-key --file \S+ --output none\n$/,
    ],
    [
      'on-aws',
      /^aws secretsmanager list-secret-version-ids --secret-id berth\/notes\/api-key --region us-east-1 --query Versions\[\]\.CreatedDate --output json\naws secretsmanager put-secret-value --secret-id berth\/notes\/api-key --region us-east-1 --secret-string file:\/\/\S+ --output text\n$/,
    ],
  ])('writes another key %s into its store, from a file and no argument', async (workload, calls) => {
    versions('2026-01-02T03:04:05+00:00');
    const out = await told(workload);
    const key = readFileSync(join(folder, 'key'), 'utf8');
    expect(key).toMatch(/^[0-9a-f]{64}$/);
    expect(out + asked()).not.toContain(key);
    expect(asked()).toMatch(calls);
    expect(out).toBe(
      `${workload} of shop: another key is in ${listed[workload as 'on-aws'].keySource}
  read it      in a quarter of an hour, when every machine has it: npx berth connect ${workload} --environment shop --env
  the one before counts until <day>, for every model of the same host
`,
    );
  });

  it('has a device make its own', async () => {
    expect(await told('in-shop')).toContain('  read it      now: npx berth connect in-shop');
    expect(asked()).toBe(
      "ssh -- berth@till.example.com sudo -n sh '/opt/berth/till/berth-device.sh' rotate 'till' >&2\n",
    );
    const why = 'berth-device: rotate till: the key was changed less than 7 days ago';
    writeFileSync(join(folder, 'refused'), `${why}\n`);
    await expect(told('in-shop')).rejects.toThrow(`ssh could not change it: ${why}`);
  });

  it.each([
    ['on-azure', (now: number) => new Date(now).toISOString()],
    ['on-aws', (now: number) => now / 1000],
  ])('refuses a second one %s within the week, and writes nothing', async (workload, made) => {
    versions(made(Date.now() - 6 * 86_400_000), made(Date.now() - 90 * 86_400_000));
    await expect(told(workload)).rejects.toThrow(
      /api-key: the key was changed less than 7 days ago, and the one before it counts until \d{4}-\d\d-\d\d; wait until then$/,
    );
    expect(asked()).not.toMatch(/ set |put-secret-value/);
    versions(made(Date.now() - 8 * 86_400_000), made(Date.now() - 90 * 86_400_000));
    await expect(told(workload)).resolves.toContain('another key');
  });

  it.each([
    [
      'hosted',
      'hosted: it has no key that could be changed, its callers show a token of Entra ID; name a workload on machines or devices',
    ],
    [
      'here',
      'here: its key is of this machine, in ~/.local/state/berth/local/api-key; run berth down, remove that file, and berth up makes another',
    ],
  ])('says why it does not where there is none to change: %s', async (workload, message) => {
    await expect(told(workload)).rejects.toThrow(message);
  });
});
