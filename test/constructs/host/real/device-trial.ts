import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, TerraformStack, Testing } from 'cdktf';
import { EdgeDevice } from '../../../../constructs/host';
import type { EdgeDeviceProps } from '../../../../constructs/host';
import { renderManifest } from '../../../../constructs/host/engine';
import type { RecipeSpec, ServedModelSpec } from '../../../../constructs/host/engine';
import { recipeScript } from '../../../../constructs/host/engine/scripts';
import type { FileServer } from '../../../../bench/machines/file-server';
import { Lab } from '../../../../bench/machines/lab';
import type { Booted } from '../../../../bench/machines/lab';
import type { RealMachine } from '../../../../bench/machines/machine';
import { tinyGguf } from '../../../../bench/machines/tiny-gguf';
import { deviceScript } from '../../../releases/first-boot';

export const unit = 'demo';
export const home = `/opt/berth/${unit}`;
export const secrets = `/etc/berth/${unit}`;

interface Answer {
  readonly status: number | undefined;
  readonly body: string;
  readonly headers: Readonly<Record<string, unknown>>;
}
interface Ended {
  readonly status: number | null;
  readonly output: string;
  readonly seconds: number;
}

/** A real device, the files that it downloads, and the real Terraform. */
export class DeviceTrial {
  readonly folder = mkdtempSync(join(tmpdir(), 'berth-real-'));
  readonly machine: RealMachine;
  readonly files: FileServer;
  readonly recipe: RecipeSpec;
  readonly port: number;
  private readonly mending: (() => unknown)[] = [];
  /** Under which callers know the machine. @default - its address */
  servername: string | undefined;

  private constructor(
    private readonly lab: Lab,
    { machine, port }: Booted,
  ) {
    const { files, engine } = lab;
    this.machine = machine;
    this.port = port;
    this.files = files;
    this.recipe = {
      unit,
      address: '127.0.0.1',
      port,
      memoryMib: 1024,
      engine: {
        version: 'debian',
        ...files.put('/engine.tar.gz', engine),
        arch: 'amd64',
        accelerator: 'cpu',
      },
      models: [
        {
          model: 'tiny',
          api: 'chat',
          weights: { ...files.put('/tiny.gguf', tinyGguf()), revision: '1', format: 'gguf' },
          contextTokens: 256,
          parallel: 2,
        },
      ],
    };
  }

  /** Makes and boots the machine, which takes a minute or two. */
  static async open(): Promise<DeviceTrial> {
    const lab = await Lab.open(1);
    const [only] = lab.machines;
    if (!only) throw new Error('there is no machine');
    const trial = new DeviceTrial(lab, only);
    writeFileSync(join(trial.folder, 'device-key'), lab.privateKey, { mode: 0o600 });
    mkdirSync(join(trial.folder, 'weights'));
    return trial;
  }

  async close(): Promise<void> {
    await this.lab.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** What a device of the first release holds, and the state that it left. */
  async installAsBefore(): Promise<void> {
    await this.put('/root/first', this.recipe, deviceScript());
    const { status, output } = await this.machine.sh(
      'sh /root/first/berth-device.sh install /root/first/unit.json',
    );
    if (status !== 0) throw new Error(output);
    const [host_key] = /^\S+ \S+/.exec(this.machine.hostKey) ?? [];
    const input = { unit, user: 'berth', host: '127.0.0.1', port: this.machine.sshPort, host_key };
    const type = [
      'object',
      { host: 'string', host_key: 'string', port: 'number', unit: 'string', user: 'string' },
    ];
    const recipe = { value: { recipe: 'f'.repeat(64) }, type: ['object', { recipe: 'string' }] };
    const attributes = {
      id: 'made-before',
      input: { value: input, type },
      output: { value: input, type },
      triggers_replace: recipe,
    };
    const name = Object.keys(this.synthesised({}).resource.terraform_data).find(id =>
      /^Device_[^_]+$/.test(id),
    );
    const instances = [{ schema_version: 0, attributes }];
    const provider = 'provider["terraform.io/builtin/terraform"]';
    const resources = [{ mode: 'managed', type: 'terraform_data', name, provider, instances }];
    const state = {
      version: 4,
      terraform_version: '1.9.0',
      serial: 1,
      lineage: 'before',
      outputs: {},
      resources,
    };
    writeFileSync(join(this.folder, 'terraform.tfstate'), JSON.stringify(state));
  }

  /** Deploys the device with another recipe or connection. */
  async deploy(change: Partial<EdgeDeviceProps> = {}): Promise<Ended> {
    writeFileSync(join(this.folder, 'cdk.tf.json'), JSON.stringify(this.synthesised(change)));
    await this.terraform('init');
    return this.terraform('apply', '-auto-approve');
  }

  async terraform(...words: string[]): Promise<Ended> {
    const before = Date.now();
    const env = {
      ...process.env,
      TF_VAR_device_key: join(this.folder, 'device-key'),
      TF_VAR_weights_dir: join(this.folder, 'weights'),
      CHECKPOINT_DISABLE: '1',
    };
    const child = spawn('terraform', [...words, '-no-color'], { cwd: this.folder, env });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', chunk => (output += String(chunk)));
    const status = await new Promise<number | null>(resolve => child.once('close', resolve));
    return { status, output, seconds: (Date.now() - before) / 1000 };
  }

  /** What takes back what was made wrong. */
  mendBy(step: () => unknown): void {
    this.mending.push(step);
  }

  async mend(): Promise<void> {
    for (const step of this.mending.splice(0)) await step();
    await this.machine.sh(
      'test ! -e /opt/berth/another || sh /opt/berth/another/berth-device.sh remove another',
    );
  }

  /** Runs the script on the device, as a deploy does. @param environment shortens what it waits for */
  async install(change: Partial<RecipeSpec>, environment = ''): Promise<Ended> {
    await this.put('/root/next', { ...this.recipe, ...change }, recipeScript());
    const before = Date.now();
    const ended = await this.machine.sh(
      `${environment} sh /root/next/berth-device.sh install /root/next/unit.json`,
    );
    return { ...ended, seconds: (Date.now() - before) / 1000 };
  }

  /** A verb of the script that is installed. */
  run(verb: string): Promise<{ readonly status: number | null; readonly output: string }> {
    return this.machine.sh(`sh ${home}/berth-device.sh ${verb} ${unit}`);
  }

  /** Hash of the weights of the recipe. */
  get weights(): string {
    return this.recipe.models.map(({ weights }) => String(weights.sha256)).join();
  }

  /** The model of the recipe, but for something. */
  changed(change: Partial<ServedModelSpec>): ServedModelSpec[] {
    return this.recipe.models.map(model => ({ ...model, ...change }));
  }

  async until(holds: () => Promise<boolean>): Promise<void> {
    while (!(await holds())) await new Promise(resolve => setTimeout(resolve, 200));
  }

  emptyWeights(): void {
    rmSync(join(this.folder, 'weights'), { recursive: true });
  }

  read(path: string): string {
    return this.machine.read(path).trim();
  }

  get key(): string {
    return this.read(`${secrets}/api-key`);
  }

  /** Asks as a caller does. @param trusted the certificates that the caller knows */
  ask(
    path: string,
    key = this.key,
    body?: object,
    trusted = this.read(`${home}/certificate.pem`),
  ): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
      const method = body ? 'POST' : 'GET';
      const { servername, port } = this;
      const options = {
        host: '127.0.0.1',
        servername,
        port,
        path,
        ca: trusted,
        headers,
        method,
        agent: false,
      };
      const call = request(options, response => {
        let text = '';
        response.on('data', chunk => (text += String(chunk)));
        response.on('end', () =>
          resolve({ status: response.statusCode, body: text, headers: response.headers }),
        );
      });
      call.on('error', reject);
      call.end(body ? JSON.stringify(body) : undefined);
    });
  }

  chat(key = this.key, trusted?: string): Promise<Answer> {
    const question = { messages: [{ role: 'user', content: 'hello' }], max_tokens: 4 };
    return this.ask('/v1/chat/completions', key, question, trusted);
  }

  /** Goes on asking, ten times a second, while something is done. @returns what went wrong, and how many were asked */
  async whileAsked<T>(
    work: () => Promise<T>,
    trusted = this.read(`${home}/certificate.pem`),
  ): Promise<{ readonly result: T; readonly asked: number; readonly failed: string[] }> {
    const { key } = this;
    const failed: string[] = [];
    const calls: Promise<void>[] = [];
    const timer = setInterval(() => {
      const call = this.chat(key, trusted).then(
        ({ status, body }) => void (status === 200 || failed.push(`${status} ${body}`)),
        (error: unknown) => void failed.push(String(error)),
      );
      calls.push(call);
    }, 100);
    try {
      return { result: await work(), asked: calls.length, failed };
    } finally {
      clearInterval(timer);
      await Promise.all(calls);
    }
  }

  private async put(folder: string, recipe: RecipeSpec, script: string): Promise<void> {
    await this.machine.sh(`mkdir -p ${folder}`);
    this.machine.write(`${folder}/unit.json`, renderManifest(recipe), 0o644);
    this.machine.write(`${folder}/berth-device.sh`, script, 0o644);
  }

  private synthesised(change: Partial<EdgeDeviceProps>): { resource: { terraform_data: object } } {
    const stack = new TerraformStack(new App(), 'edge');
    const { port, engine, models, memoryMib } = this.recipe;
    const connection = { host: '127.0.0.1', port: this.machine.sshPort, hostKey: this.machine.hostKey };
    new EdgeDevice(stack, 'Device', { name: unit, connection, port, memoryMib, engine, models, ...change });
    return JSON.parse(Testing.synth(stack, true)) as { resource: { terraform_data: object } };
  }
}
