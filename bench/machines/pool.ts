import { request } from 'node:https';
import { renderMachineRecipe } from '../../constructs/host/engine';
import type { RecipeSpec } from '../../constructs/host/engine';
import { Balancer } from './balancer';
import { Lab } from './lab';
import type { Booted } from './lab';
import { loadText, underLoad } from './load';
import { missing } from './machine';
import { tinyGguf } from './tiny-gguf';
import { Vault } from './vault';

const unit = 'demo';
const address = 'demo.dev.berth.internal';
const names = { apiKey: 'demo-api-key', tls: 'demo-tls', certificate: 'demo-certificate' };

/**
 * A pool of machines of a cloud, in containers with a Debian of their own, changes its model while it is asked: first where memory holds the
 * new engine beside the old one, then where it does not. Run commands come in the order of the deploy, one machine after another.
 * @param count machines @param perSecond requests a second
 * @throws Error when this machine cannot boot others, or a recipe fails
 */
export async function reportPool(
  { count, perSecond }: { readonly count: number; readonly perSecond: number },
  tell: (line: string) => void,
): Promise<void> {
  const lacking = missing();
  if (lacking !== '') throw new Error(`machines cannot be booted here, for want of ${lacking}`);
  const lab = await Lab.open(count);
  const pool = new Pool(lab);
  try {
    await pool.start();
    await pool.take(recipe(lab, 'tiny', 256));
    tell(`a pool of ${count} machines serves tiny`);
    const beside = await underLoad(perSecond, pool.ask, () => pool.take(recipe(lab, 'tiny-2', 512)));
    tell(loadText('it takes another model, beside the one before', perSecond, beside));
    for (const { machine } of lab.machines)
      await machine.sh('echo "MemAvailable: 1000 kB" >/root/m && mount --bind /root/m /proc/meminfo');
    const instead = await underLoad(perSecond, pool.ask, () => pool.take(recipe(lab, 'tiny', 256)));
    tell(loadText('and another where memory does not hold both', perSecond, instead));
    const failed = beside.failures.length + instead.failures.length;
    if (failed > 0) throw new Error(`${failed} requests failed`);
  } finally {
    pool.stop();
    await lab.close();
  }
}

function recipe({ files, engine }: Lab, model: string, contextTokens: number): Omit<RecipeSpec, 'port'> {
  // What is behind the tensors is read by nobody, and makes it another file.
  const content = Buffer.concat([tinyGguf(), Buffer.from(model.padEnd(32))]);
  const weights = { ...files.put(`/${model}.gguf`, content), revision: '1', format: 'gguf' } as const;
  const archive = files.put('/engine.tar.gz', engine);
  return {
    unit,
    address,
    memoryMib: 1024,
    engine: { version: 'debian', ...archive, arch: 'amd64', accelerator: 'cpu' },
    models: [{ model, api: 'chat', weights, contextTokens, parallel: 2, cacheRamMib: 0 }],
  };
}

class Pool {
  private readonly vault = new Vault();
  private readonly balancer: Balancer;
  private store = { cloud: 'azure' as const, vaultUri: '', tokenEndpoint: '' };
  private port = 0;

  constructor(private readonly lab: Lab) {
    this.balancer = new Balancer(lab.machines.map(({ port }) => port));
  }

  async start(): Promise<void> {
    const vaultUri = await this.vault.start();
    this.store = { cloud: 'azure', vaultUri, tokenEndpoint: `${vaultUri}token` };
    this.port = await this.balancer.start();
  }

  stop(): void {
    this.balancer.stop();
    this.vault.stop();
  }

  /** As the run commands of a deploy, each of which waits for the one before. */
  async take(wanted: Omit<RecipeSpec, 'port'>): Promise<void> {
    for (const [index, each] of this.lab.machines.entries()) await this.takeOne(each, wanted, index === 0);
  }

  private async takeOne(
    { machine, port }: Booted,
    wanted: Omit<RecipeSpec, 'port'>,
    first: boolean,
  ): Promise<void> {
    const { store } = this;
    const { script } = renderMachineRecipe({
      recipe: { ...wanted, port },
      secrets: names,
      store,
      first,
    });
    machine.write('/root/run-command.sh', script, 0o500);
    const { status, output } = await machine.sh('/root/run-command.sh');
    if (status !== 0) throw new Error(`a machine did not take its recipe: ${output}`);
  }

  /** A real completion, over a connection of its own. @returns the model that answered */
  readonly ask = (): Promise<string> => {
    const kept = (name: string) => this.vault.secrets.get(name) ?? '';
    const headers = { authorization: `Bearer ${kept(names.apiKey)}`, 'content-type': 'application/json' };
    const options = { host: '127.0.0.1', servername: address, port: this.port, agent: false };
    const path = '/v1/chat/completions';
    const ca = kept(names.certificate);
    return new Promise((resolve, reject) => {
      const call = request({ ...options, path, ca, headers, method: 'POST', timeout: 30_000 }, response => {
        let text = '';
        response.on('data', chunk => (text += String(chunk)));
        response.once('end', () => {
          if (response.statusCode === 200) resolve((JSON.parse(text) as { model: string }).model);
          else reject(new Error(`${response.statusCode} ${text}`));
        });
      });
      call.once('timeout', () => call.destroy(new Error('no answer within 30 s')));
      call.once('error', reject);
      call.end(JSON.stringify({ messages: [{ role: 'user', content: 'hello' }], max_tokens: 4 }));
    });
  };
}
