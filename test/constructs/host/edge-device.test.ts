import { App, TerraformStack, Testing } from 'cdktf';
import { EdgeDevice } from '../../../constructs/host';
import type { EdgeDeviceProps } from '../../../constructs/host';
import { recipeScript, renderManifest } from '../../../constructs/host/engine';
import { messageOf } from '../synthesised';
import { chat, embeddings, engine } from './recipe';

const connection = { host: '10.0.0.9', hostKey: 'ssh-ed25519 AAAAC3Nz' };
const props: EdgeDeviceProps = { name: 'jetson-1', connection, engine, models: [chat] };

function deviceOf(change: Partial<EdgeDeviceProps> = {}) {
  const stack = new TerraformStack(new App(), 'edge');
  return { stack, device: new EdgeDevice(stack, 'Device', { ...props, ...change }) };
}

interface Step {
  readonly file?: { content?: string; source?: string; destination: string };
  readonly 'remote-exec'?: { inline: string[]; when?: string };
}
interface Synthesised {
  readonly resource: { terraform_data: Record<string, Record<string, unknown> & { provisioner: Step[] }> };
  readonly variable: Record<string, { default: unknown; type: string }>;
}

const synthesise = (stack: TerraformStack) => JSON.parse(Testing.synth(stack, true)) as Synthesised;

type Part = 'Device' | 'Device_Recipe' | 'Device_Files';

/** What is remembered of the device, what it serves, or what is brought along. */
function resourceOf(stack: TerraformStack, part: Part = 'Device') {
  const parts = Object.entries(synthesise(stack).resource.terraform_data);
  const resource = parts.find(([id]) => id.replace(/_[0-9A-F]{8}$/, '') === part)?.[1];
  if (!resource) throw new Error(`no ${part}`);
  return resource;
}

/** A provisioner in a line. */
const stepsOf = (stack: TerraformStack, part?: Part) =>
  resourceOf(stack, part).provisioner.map(({ file, 'remote-exec': exec }) =>
    file
      ? `${file.source ?? 'content'} -> ${file.destination}`
      : `${exec?.when ?? 'create'}: ${exec?.inline.join('; ')}`,
  );

describe('an edge device', () => {
  const prepare =
    'create: s=$([ "$(id -u)" = 0 ] || echo sudo -n); $s install -d -m 755 /opt/berth /opt/berth/jetson-1 && $s install -d -m 700 -o "$(id -u)" /opt/berth/jetson-1/upload';

  it('is removed with its resource, and set up with its recipe, by the device protocol', () => {
    const { stack } = deviceOf();
    expect(stepsOf(stack)).toEqual([
      'destroy: if [ -f /opt/berth/jetson-1/berth-device.sh ]; then sh /opt/berth/jetson-1/berth-device.sh remove jetson-1; fi',
    ]);
    expect(stepsOf(stack, 'Device_Recipe')).toEqual([
      prepare,
      'content -> /opt/berth/jetson-1/upload/berth-device.sh',
      'content -> /opt/berth/jetson-1/upload/unit.json',
      'create: sh /opt/berth/jetson-1/upload/berth-device.sh install /opt/berth/jetson-1/upload/unit.json',
      'create: sh /opt/berth/jetson-1/berth-device.sh verify /opt/berth/jetson-1/unit.json',
    ]);
  });

  it('uploads engine and weights to a device without a connection, equal weights once', () => {
    const twin = { ...chat, model: 'phi-4-mini-short', contextTokens: 1024 };
    const { stack } = deviceOf({ connected: false, models: [chat, twin, embeddings] });
    expect(stepsOf(stack, 'Device_Files')).toEqual([
      prepare,
      `\${var.weights_dir}/${'e'.repeat(64)}.tar.gz -> /opt/berth/jetson-1/upload/${'e'.repeat(64)}.tar.gz`,
      `\${var.weights_dir}/${'a'.repeat(64)}.gguf -> /opt/berth/jetson-1/upload/${'a'.repeat(64)}.gguf`,
      `\${var.weights_dir}/${'b'.repeat(64)}.gguf -> /opt/berth/jetson-1/upload/${'b'.repeat(64)}.gguf`,
    ]);
    const changed = deviceOf({
      connected: false,
      models: [{ ...chat, parallel: 1 }, twin, embeddings],
    }).stack;
    const filesOf = (of: TerraformStack) => resourceOf(of, 'Device_Files')['triggers_replace'];
    expect(filesOf(changed)).toEqual(filesOf(stack));
    expect(synthesise(stack).variable['weights_dir']).toMatchObject({ default: './weights', type: 'string' });
  });

  it('connects as the resource itself remembers, without an SSH agent, to a pinned host key', () => {
    const resource = resourceOf(
      deviceOf({ connection: { ...connection, hostKey: 'ssh-ed25519 AAAAC3Nz root@jetson' } }).stack,
    );
    expect(resource['input']).toEqual({
      unit: 'jetson-1',
      user: 'berth',
      host: '${var.jetson_1_host}',
      port: '${var.jetson_1_port}',
      host_key: '${var.jetson_1_host_key}',
      key_file: '${var.device_key}',
    });
    expect(resource['connection']).toEqual({
      type: 'ssh',
      agent: false,
      timeout: '1m',
      script_path: '.ssh/berth-jetson-1.sh',
      private_key: '${file(pathexpand(try(self.input.key_file, "~/.ssh/berth")))}',
      user: '${self.input.user}',
      host: '${self.input.host}',
      port: '${self.input.port}',
      host_key: '${self.input.host_key}',
    });
  });

  it('has variables that move the connection, with the props as defaults', () => {
    const { variable } = synthesise(
      deviceOf({ connection: { ...connection, port: 2222, user: 'me' } }).stack,
    );
    expect(
      Object.fromEntries(Object.entries(variable).map(([name, { default: value }]) => [name, value])),
    ).toEqual({
      device_key: '~/.ssh/berth',
      jetson_1_host: '10.0.0.9',
      jetson_1_port: 2222,
      jetson_1_host_key: 'ssh-ed25519 AAAAC3Nz',
    });
  });

  it('uploads script and manifest so that Terraform finds no template in them', () => {
    const files = resourceOf(deviceOf().stack, 'Device_Recipe').provisioner.flatMap(({ file }) =>
      file?.content ? [file.content] : [],
    );
    const [script = '', manifest = ''] = files;
    expect(script.replaceAll(/\$\$\{|%%\{/g, '')).not.toMatch(/[$%]\{/);
    expect(script.replaceAll('$${', '${').replaceAll('%%{', '%{')).toBe(recipeScript());
    expect(manifest).toBe(renderManifest({ unit: 'jetson-1', address: '10.0.0.9', engine, models: [chat] }));
  });

  it('is set up anew when its manifest changes, and by nothing else; it stays itself, whatever an earlier release remembers', () => {
    expect(resourceOf(deviceOf().stack)).not.toHaveProperty('triggers_replace');
    expect(resourceOf(deviceOf().stack)['lifecycle']).toEqual({ ignore_changes: ['triggers_replace'] });
    const triggerOf = (change: Partial<EdgeDeviceProps>) =>
      resourceOf(deviceOf(change).stack, 'Device_Recipe')['triggers_replace'];
    expect(triggerOf({})).toEqual({
      recipe: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
      device: expect.stringMatching(/^\$\{terraform_data\.Device_[0-9A-F]{8}\.id\}$/) as string,
    });
    expect(triggerOf({ connection: { ...connection, user: 'me' } })).toEqual(triggerOf({}));
    expect(triggerOf({ models: [embeddings] })).not.toEqual(triggerOf({}));
  });

  it('shares the folder of artifacts with the other devices of its stack', () => {
    const { stack } = deviceOf({ connected: false });
    const other = { ...props, name: 'jetson-2', connected: false };
    expect(
      messageOf(() => new EdgeDevice(stack, 'Same', { ...other, models: [chat, embeddings], port: 8442 })),
    ).toBe(
      'invalid props of edge/Same:\n  - port 8443 of 10.0.0.9 is taken by edge/Device: give one of them another port',
    );
    new EdgeDevice(stack, 'Other', { ...other, port: 9443 });
    expect(Object.keys(synthesise(stack).variable).sort()).toEqual([
      'device_key',
      'jetson_1_host',
      'jetson_1_host_key',
      'jetson_1_port',
      'jetson_2_host',
      'jetson_2_host_key',
      'jetson_2_port',
      'weights_dir',
    ]);
  });

  it('holds no path of the machine that synthesised it and no private key', () => {
    const text = Testing.synth(deviceOf({ connected: false }).stack, true);
    expect(text).not.toContain(process.cwd());
    expect(text).not.toMatch(/BEGIN [A-Z ]*PRIVATE KEY|"private_key": "(?!\$\{file\()|"password"/);
  });
});

describe('an endpoint of a device', () => {
  const address = {
    api: 'openai-chat',
    baseUrl: 'https://10.0.0.9:8443/v1',
    model: 'phi-4-mini-instruct',
    auth: 'api-key',
    keySource: 'ssh://berth@10.0.0.9:22/etc/berth/jetson-1/api-key',
  };

  it('has the address of the device', () => {
    expect(deviceOf().device.endpoint('phi-4-mini-instruct').address).toEqual(address);
  });

  it('has the same address when the device is imported, which makes nothing', () => {
    const stack = new TerraformStack(new App(), 'edge');
    const imported = EdgeDevice.fromAttributes(stack, 'Device', {
      name: 'jetson-1',
      connection,
      models: [chat],
    });
    expect(imported.endpoint('phi-4-mini-instruct').address).toEqual(address);
    expect(synthesise(stack)).not.toHaveProperty('resource');
  });
});

describe('the props of a device', () => {
  const refuse = (change: Partial<EdgeDeviceProps>) => messageOf(() => deviceOf(change));

  it.each([1, 65_535])('may have SSH port %i', port => {
    expect(refuse({ connection: { ...connection, port } })).toBe('nothing was thrown');
  });

  it.each<[string, Partial<EdgeDeviceProps>]>([
    [
      'connection.port must be a whole number from 1 to 65535, not 0: choose the SSH port',
      { connection: { ...connection, port: 0 } },
    ],
    [
      'connection.port must be a whole number from 1 to 65535, not 65536: choose the SSH port',
      { connection: { ...connection, port: 65_536 } },
    ],
    [
      'connection.user must be 1 to 32 lower-case letters, digits, underscores and hyphens, not "a b": name an account of the device',
      { connection: { ...connection, user: 'a b' } },
    ],
    [
      'connection.hostKey must be one line of ssh-ed25519, ssh-rsa or ecdsa-sha2-nistp*, not "": take it from /etc/ssh/ssh_host_ecdsa_key.pub of the device',
      { connection: { ...connection, hostKey: '' } },
    ],
    [
      'address must be a host name or an IPv4 address, not "$(reboot)": choose one that fits',
      { connection: { ...connection, host: '$(reboot)' } },
    ],
    [
      'engine has no sha256: supply url and sha256 of a file that you verified; hashes are never invented',
      { engine: { ...engine, sha256: null } },
    ],
  ])('are refused: %s', (problem, change) => {
    expect(refuse(change)).toBe(`invalid props of edge/Device:\n  - ${problem}`);
  });
});
