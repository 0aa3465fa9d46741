import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { connect } from '../../bin/connect';
import type { ConnectOptions } from '../../bin/connect';

const hostKey = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJcAwN5d7NJeQOYsvjvZmKjttvY6p6T1CPSK35L96Gs5';
const vault = 'https://kv-shop.vault.azure.net/secrets/triage';
const chat = { api: 'openai-chat', model: 'small', auth: 'api-key' };
const listed = {
  'on-azure': { ...chat, baseUrl: 'https://triage.internal:8443/v1', keySource: `${vault}-api-key` },
  'on-aws': {
    ...chat,
    baseUrl: 'https://notes.internal:8443/v1',
    keySource: 'secretsmanager:berth/notes/api-key',
  },
  'in-shop@shop-a': {
    ...chat,
    baseUrl: 'https://till.example.com:8443/v1',
    keySource: 'ssh://berth@till.example.com:2222/etc/berth/till/api-key',
  },
  hosted: {
    ...chat,
    baseUrl: 'https://aif.openai.azure.com/openai/v1',
    auth: 'entra-id',
    audience: 'https://ai.azure.com/.default',
  },
  unpinned: {
    ...chat,
    baseUrl: 'https://other:8443/v1',
    keySource: 'ssh://berth@other:22/etc/berth/x/api-key',
  },
};

/** Stand in for the CLIs: they answer what is theirs, and refuse the rest. */
const programs = {
  az: `case "$*" in
"keyvault secret show --id ${vault}-api-key --query value --output tsv") echo key-of-azure ;;
"keyvault secret show --id ${vault}-certificate --query value --output tsv") cat "$PEMS/pair.pem" ;;
"account get-access-token --scope https://ai.azure.com/.default --query accessToken --output tsv") echo token-of-entra ;;
*) echo "ERROR: refused" >&2; exit 1 ;;
esac`,
  aws: `case "$*" in
"secretsmanager get-secret-value --secret-id berth/notes/api-key --query SecretString --output text --region us-east-1") echo key-of-aws ;;
"secretsmanager get-secret-value --secret-id berth/notes/certificate --query SecretString --output text --region us-east-1") cat "$PEMS/certificate.pem" ;;
*) echo "refused: $*" >&2; exit 1 ;;
esac`,
  ssh: `while [ "$1" != -- ]; do case "$1" in UserKnownHostsFile=*) hosts=\${1#*=} ;; esac; shift; done
[ "$2" = berth@till.example.com ] && grep -Fq '[till.example.com]:2222 ${hostKey}' "$hosts" || exit 255
case "$3" in
"sudo -n cat '/etc/berth/till/api-key'") echo key-of-till ;;
"cat '/opt/berth/till/certificate.pem' 2>/dev/null || sudo -n openssl x509 -in '/etc/berth/till/tls.pem'") cat "$PEMS/certificate.pem" ;;
*) echo "refused: $3" >&2; exit 1 ;;
esac`,
};

const home = process.cwd();
const before = { ...process.env };
let folder: string;
let certificate: string;
let out: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'berth-connect-'));
  const [key, pem] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
  const args = [
    'req',
    '-x509',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
    '-nodes',
    '-subj',
    '/CN=berth',
  ];
  execFileSync('openssl', [...args, '-keyout', key, '-out', pem], { stdio: 'ignore' });
  certificate = readFileSync(pem, 'utf8');
  // What a careless host put there would be handed on to nobody.
  writeFileSync(join(folder, 'pair.pem'), readFileSync(key, 'utf8') + certificate);
  for (const [name, text] of Object.entries(programs)) {
    mkdirSync(join(folder, 'bin'), { recursive: true });
    writeFileSync(join(folder, 'bin', name), `#!/bin/sh\n${text}\n`);
    chmodSync(join(folder, 'bin', name), 0o755);
  }
  const project = join(folder, 'project');
  mkdirSync(join(project, 'config', 'environments'), { recursive: true });
  mkdirSync(join(project, 'cdktf.out'));
  writeFileSync(join(project, 'cdktf.out', 'shop.models.json'), JSON.stringify(listed));
  writeFileSync(join(project, 'cdktf.out', 'test.models.json'), JSON.stringify({ hosted: listed.hosted }));
  const environment = {
    name: 'shop',
    aws: { region: 'us-east-1' },
    devices: {
      till: {
        site: 'shop-a',
        hardware: 'raspberry-pi-5-8gb',
        connection: { host: 'till.example.com', port: 2222, hostKey },
      },
    },
    workloads: [{ name: 'chat', task: 'chat', traffic: { requestsPerDay: 1, inputTokens: 1 } }],
  };
  writeFileSync(join(project, 'config', 'environments', 'shop.json'), JSON.stringify(environment));
  process.chdir(project);
  Object.assign(process.env, {
    PATH: `${join(folder, 'bin')}${delimiter}${before['PATH'] ?? ''}`,
    PEMS: folder,
    XDG_STATE_HOME: join(folder, 'state'),
  });
});
afterAll(() => {
  process.chdir(home);
  process.env = before;
  rmSync(folder, { recursive: true });
});
beforeEach(() => {
  out = '';
  jest.spyOn(process.stdout, 'write').mockImplementation(text => Boolean((out += String(text))));
});
afterEach(() => jest.restoreAllMocks());

async function told(workload: string, options: ConnectOptions = {}): Promise<string> {
  out = '';
  await connect(workload, options);
  return out;
}

const keys = {
  'on-azure': 'key-of-azure',
  'on-aws': 'key-of-aws',
  'in-shop': 'key-of-till',
};

describe('berth connect', () => {
  it.each(Object.entries(keys))(
    'fetches key and certificate of %s, never the private key',
    async (workload, key) => {
      const json = JSON.parse(await told(workload, { json: true })) as Record<string, string>;
      expect(json).toMatchObject({ environment: 'shop', model: 'small', key, certificate });
      expect(readFileSync(String(json['certificateFile']), 'utf8')).toBe(certificate);
    },
  );

  it('prints the key where it is asked for, and nowhere else', async () => {
    expect(await told('on-azure', { key: true })).toBe('key-of-azure\n');
    for (const options of [{}, { curl: true }])
      expect(await told('on-azure', options)).not.toContain('key-of-azure');
  });

  it('prints variables that a shell takes', async () => {
    const script = `${await told('on-aws', { env: true })}\nprintf '%s ' "$OPENAI_BASE_URL" "$OPENAI_API_KEY" "$OPENAI_MODEL"; cat "$SSL_CERT_FILE"`;
    expect(execFileSync('/bin/sh', ['-c', script], { encoding: 'utf8' })).toBe(
      `https://notes.internal:8443/v1 key-of-aws small ${certificate}`,
    );
  });

  it('prints a line for curl that asks for the key when it runs', async () => {
    const file = join(folder, 'state', 'berth', 'shop', 'triage.internal.pem');
    expect(await told('on-azure', { curl: true })).toBe(
      `curl -s 'https://triage.internal:8443/v1/chat/completions' --cacert '${file}' -H "Authorization: Bearer $(npx berth connect on-azure --environment shop --key)" -H 'Content-Type: application/json' -d '{"model":"small","messages":[{"role":"user","content":"Hello"}]}'\n`,
    );
  });

  it('says where a key comes from', async () => {
    expect(await told('hosted', { environment: 'shop' })).toBe(
      [
        'hosted of shop: small, by openai-chat',
        '  base URL     https://aif.openai.azure.com/openai/v1',
        '  key          a token of Entra ID for https://ai.azure.com/.default',
        '  certificate  none of its own',
        '  variables    eval "$(npx berth connect hosted --environment shop --env)"',
        '  curl         npx berth connect hosted --environment shop --curl',
        '',
      ].join('\n'),
    );
    expect(await told('hosted', { environment: 'shop', key: true })).toBe('token-of-entra\n');
  });

  it.each<[string, string, ConnectOptions, string]>([
    ['a workload of two environments', 'hosted', {}, 'hosted: it is in 2 places'],
    ['an unknown one', 'hostde', {}, 'a workload that is deployed or runs here is needed (on-azure, on-aws,'],
    [
      'two forms at once',
      'on-aws',
      { env: true, curl: true },
      '--env, --json, --curl and --key are one each',
    ],
    ['a device that nobody pins', 'unpinned', {}, 'other: the host key of this device is needed'],
  ])('says what is wrong with %s', async (_, workload, options, says) => {
    await expect(told(workload, options)).rejects.toThrow(says);
    expect(out).toBe('');
  });
});
