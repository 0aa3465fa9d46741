import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDevice } from '../../../rehearsal/device';
import type { Device } from '../../../rehearsal/device';
import { findTerraform } from '../../../rehearsal/terraform/binary';
import { rehearsalEnvironment } from '../../../rehearsal/terraform/environment';
import { Terraform } from '../../../rehearsal/terraform/terraform';

const sha256 = (content: string): string => createHash('sha256').update(content).digest('hex');
const engine = { version: 'b4000', url: 'https://example.com/engine.tar.gz', sha256: sha256('engine') };
const model = {
  model: 'phi-4-mini',
  file: 'phi.gguf',
  url: 'https://example.com/phi.gguf',
  sha256: sha256('weights'),
  contextTokens: 4096,
  parallel: 1,
  api: 'openai',
};
const manifest = {
  protocol: 1,
  unit: 'shop-7',
  address: '192.0.2.7',
  port: 8443,
  engine,
  models: [model],
  uploaded: false,
};
const fixtures = new Map([
  [engine.url, engine.sha256],
  [model.url, model.sha256],
]);

const home = '/opt/berth/shop-7';
const upload = `${home}/upload`;
const prepare = `s=$([ "$(id -u)" = 0 ] || echo sudo -n); $s install -d -m 755 /opt/berth ${home} && $s install -d -m 700 -o "$(id -u)" ${upload}`;

/** A device resource as a construct would write it, with parts to bend. */
function configuration(parts: {
  readonly manifest?: object;
  readonly files?: Readonly<Record<string, string>>;
  readonly install?: readonly string[];
}): object {
  const files = {
    'berth-device.sh': '#!/bin/sh\n',
    'unit.json': JSON.stringify(parts.manifest ?? manifest),
    ...parts.files,
  };
  const call = (verb: string, folder: string): string =>
    `sh ${folder}/berth-device.sh ${verb} ${folder}/unit.json`;
  return {
    variable: { host: {}, port: { type: 'number' }, host_key: {}, uploads: {}, key_file: {} },
    resource: {
      terraform_data: {
        device: {
          input: {
            host: '${var.host}',
            port: '${var.port}',
            host_key: '${var.host_key}',
            key_file: '${var.key_file}',
            upload: sha256(JSON.stringify(files)),
          },
          triggers_replace: ['${sha256(jsonencode(var.host_key))}'],
          connection: {
            type: 'ssh',
            host: '${self.input.host}',
            port: '${self.input.port}',
            host_key: '${self.input.host_key}',
            user: 'berth',
            agent: false,
            private_key: '${file(self.input.key_file)}',
            script_path: '.ssh/berth-shop-7.sh',
            timeout: '1s',
          },
          provisioner: [
            { 'remote-exec': { inline: [prepare] } },
            { file: { source: '${var.uploads}/berth-shop-7/', destination: upload } },
            { 'remote-exec': { inline: parts.install ?? [call('install', upload)] } },
            { 'remote-exec': { inline: [call('verify', home)] } },
            {
              'remote-exec': {
                when: 'destroy',
                inline: [
                  `if [ -f ${home}/berth-device.sh ]; then sh ${home}/berth-device.sh remove shop-7; fi`,
                ],
              },
            },
          ],
        },
      },
    },
    '//': files,
  };
}

describe('a rehearsed device', () => {
  let directory: string;
  let device: Device;
  let messages: string[];
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'berth-device-'));
    messages = [];
  });
  afterEach(async () => {
    await device.stop();
    rmSync(directory, { recursive: true });
  });

  function keyFile({ port, privateKey }: Device): string {
    const file = join(directory, `key-${port}`);
    writeFileSync(file, privateKey, { mode: 0o600 });
    return file;
  }

  async function terraform(
    config: object,
    variables: Readonly<Record<string, string>> = {},
  ): Promise<Terraform> {
    const { '//': upload, ...rest } = config as { '//': Record<string, string> };
    mkdirSync(join(directory, 'berth-shop-7'), { recursive: true });
    for (const [name, content] of Object.entries(upload))
      writeFileSync(join(directory, 'berth-shop-7', name), content);
    writeFileSync(join(directory, 'main.tf.json'), JSON.stringify(rest));
    const binary = await findTerraform();
    const environment = rehearsalEnvironment(process.env, binary, {
      TF_VAR_key_file: keyFile(device),
      TF_VAR_host: device.host,
      TF_VAR_port: String(device.port),
      TF_VAR_host_key: device.hostKey,
      TF_VAR_uploads: directory,
      ...variables,
    });
    return new Terraform({ binary, environment, onMessage: message => messages.push(message) });
  }

  async function apply(tf: Terraform): Promise<{ ok: boolean; errors: string; messages: string }> {
    await tf.init(directory);
    const planned = await tf.plan(directory);
    const { ok, diagnostics } = planned.ok ? await tf.apply(directory) : planned;
    return {
      ok,
      errors: diagnostics.map(({ summary, detail }) => `${summary}\n${detail}`).join('\n'),
      messages: messages.join('\n'),
    };
  }

  it('installs a unit, verifies it, and removes it on destroy', async () => {
    device = await startDevice({ fixtures });
    const tf = await terraform(configuration({}));
    expect(await apply(tf)).toMatchObject({ ok: true, errors: '' });
    expect(device.units()).toEqual([
      { unit: 'shop-7', port: 8443, models: ['phi-4-mini'], sha256: [engine.sha256, model.sha256] },
    ]);
    expect((await tf.destroy(directory)).ok).toBe(true);
    expect(device.units()).toEqual([]);
    expect(device.refused()).toEqual([]);
  });

  it('takes the uploaded artifacts of a device without a connection, also through stand-ins', async () => {
    const standIn = 'fixture in place of the weights';
    device = await startDevice({ fixtures: new Map(), standIns: new Map([[sha256(standIn), model.sha256]]) });
    const files = { [`${engine.sha256}.tar.gz`]: 'engine', [`${model.sha256}.gguf`]: standIn };
    const tf = await terraform(configuration({ manifest: { ...manifest, uploaded: true }, files }));
    expect(await apply(tf)).toMatchObject({ ok: true, errors: '' });
    expect(device.units().map(({ unit }) => unit)).toEqual(['shop-7']);
  });

  it.each([
    [
      'another hash than the manifest names, with 3',
      { fixtures: new Map([...fixtures, [model.url, sha256('other')]]) },
      {},
      'Process exited with status 3',
      `berth-device: install shop-7: ${model.sha256}.gguf has another hash: ${model.url} holds another file`,
    ],
    [
      'a URL that serves nothing, with 4',
      { fixtures: new Map([[engine.url, engine.sha256]]) },
      {},
      'Process exited with status 4',
      `berth-device: install shop-7: ${model.url} is refused with status 404`,
    ],
    [
      'an upload whose content is another, with 3',
      { fixtures },
      {
        manifest: { ...manifest, uploaded: true },
        files: { [`${engine.sha256}.tar.gz`]: 'engine', [`${model.sha256}.gguf`]: 'cut off' },
      },
      'Process exited with status 3',
      `berth-device: install shop-7: ${model.sha256}.gguf has another hash`,
    ],
    [
      'an upload that is not there, with 4',
      { fixtures },
      { manifest: { ...manifest, uploaded: true }, files: { [`${model.sha256}.gguf`]: 'weights' } },
      'Process exited with status 4',
      `berth-device: install shop-7: ${engine.sha256}.tar.gz was not uploaded`,
    ],
    [
      'a manifest of another unit, with 64',
      { fixtures },
      { manifest: { ...manifest, unit: 'shop-8' } },
      'Process exited with status 64',
      'berth-device: install shop-7: unit.json is of unit shop-8',
    ],
    [
      'a manifest of no known protocol, with 64',
      { fixtures },
      { manifest: { ...manifest, protocol: 2 } },
      'Process exited with status 64',
      'berth-device: install shop-7: unit.json is no manifest of protocol 1: protocol: ',
    ],
  ])('refuses %s', async (_what, options, parts, status, said) => {
    device = await startDevice(options);
    const tf = await terraform(configuration(parts));
    const { ok, errors, messages } = await apply(tf);
    expect(ok).toBe(false);
    expect(errors).toContain(status);
    expect(messages).toContain(said);
    expect(device.units()).toEqual([]);
  });

  it.each([
    ['another command', ['touch /tmp/executed'], 'touch /tmp/executed', 'not a line of the device protocol'],
    [
      'a command behind one of the protocol',
      [`sh ${home}/berth-device.sh verify ${home}/unit.json; reboot`],
      `sh ${home}/berth-device.sh verify ${home}/unit.json; reboot`,
      'not a line of the device protocol',
    ],
    ['two lines in one step', ['true', 'true'], 'true; true', 'the protocol is one line a step'],
    [
      'a unit that was not uploaded',
      ['sh /opt/berth/other/upload/berth-device.sh install /opt/berth/other/upload/unit.json'],
      'sh /opt/berth/other/upload/berth-device.sh install /opt/berth/other/upload/unit.json',
      '/opt/berth/other/upload/berth-device.sh is not on the device',
    ],
  ])('refuses %s with 127 and executes nothing', async (_what, install, command, reason) => {
    device = await startDevice({ fixtures });
    const { ok, errors } = await apply(await terraform(configuration({ install })));
    expect(ok).toBe(false);
    expect(errors).toContain('Process exited with status 127');
    expect(device.refused()).toEqual([{ command, reason }]);
    expect(existsSync('/tmp/executed')).toBe(false);
  });

  it('executes nothing of an uploaded script that it answers for', async () => {
    device = await startDevice({ fixtures });
    const marker = join(directory, 'executed');
    const files = { 'berth-device.sh': `#!/bin/sh\ntouch ${marker}\n` };
    const tf = await terraform(configuration({ files }));
    expect((await apply(tf)).ok).toBe(true);
    expect(device.units()).toHaveLength(1);
    expect((await tf.destroy(directory)).ok).toBe(true);
    expect(existsSync(marker)).toBe(false);
  });

  it('is not trusted when its host key is another than the pinned one', async () => {
    device = await startDevice({ fixtures });
    const other = await startDevice({ fixtures });
    await other.stop();
    const { ok, errors } = await apply(
      await terraform(configuration({}), { TF_VAR_host_key: other.hostKey }),
    );
    expect(ok).toBe(false);
    expect(errors).toContain('knownhosts: key mismatch');
    expect(device.units()).toEqual([]);
  });

  it('lets in only its key', async () => {
    device = await startDevice({ fixtures });
    const other = await startDevice({ fixtures });
    const { ok, errors } = await apply(
      await terraform(configuration({}), { TF_VAR_key_file: keyFile(other) }),
    );
    await other.stop();
    expect(ok).toBe(false);
    expect(errors).toContain('unable to authenticate');
  });

  it('does not make the directory of an upload, as scp does not', async () => {
    device = await startDevice({ fixtures });
    const config = {
      ...configuration({}),
      resource: {
        terraform_data: {
          device: {
            connection: {
              type: 'ssh',
              host: '${var.host}',
              port: '${var.port}',
              host_key: '${var.host_key}',
              agent: false,
              private_key: '${file(var.key_file)}',
              script_path: '.ssh/berth-shop-7.sh',
            },
            provisioner: [{ file: { content: 'x', destination: `${upload}/unit.json` } }],
          },
        },
      },
    };
    const { ok, errors } = await apply(await terraform(config));
    expect(ok).toBe(false);
    expect(errors).toContain(`scp: ${upload}: no such directory, and scp does not make one`);
  });
});
