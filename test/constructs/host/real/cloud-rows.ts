import { renderMachineRecipe, renderManifest } from '../../../../constructs/host/engine';
import type { RecipeSpec } from '../../../../constructs/host/engine';
import { Vault } from '../../../../bench/machines/vault';
import { filesOfFirstBoot } from '../../../releases/first-boot';
import { home, secrets, unit } from './device-trial';
import type { DeviceTrial } from './device-trial';

const address = 'demo.dev.berth.internal';
const names = { apiKey: 'demo-api-key', tls: 'demo-tls', certificate: 'demo-certificate' };

/** A machine of a cloud: what a run command does there, with a stub of its identity and of its vault. */
export function cloudRows(trialOf: () => DeviceTrial): void {
  let trial: DeviceTrial;
  let vault: Vault;
  let store: { readonly cloud: 'azure'; readonly vaultUri: string; readonly tokenEndpoint: string };
  beforeAll(async () => {
    trial = trialOf();
    trial.servername = address;
    vault = new Vault();
    const vaultUri = await vault.start();
    store = { cloud: 'azure', vaultUri, tokenEndpoint: `${vaultUri}token` };
  });
  afterAll(() => vault.stop());

  const kept = (name: string) => vault.secrets.get(name) ?? '';
  const chat = (key = kept(names.apiKey)) => trial.chat(key, kept(names.certificate));

  /** As the agent of the machine does it. */
  async function runCommand(change: Partial<RecipeSpec> = {}, environment = '') {
    const recipe = { ...trial.recipe, address, ...change };
    const { script } = renderMachineRecipe({ recipe, secrets: names, store, first: true });
    trial.machine.write('/root/run-command.sh', script, 0o500);
    return trial.machine.sh(`${environment} /root/run-command.sh`);
  }

  async function installAsRelease(): Promise<void> {
    const configuration = { unit, address, first: true, secrets: names, store };
    for (const { path, content } of filesOfFirstBoot('azure')) {
      const text = path.endsWith('unit.json')
        ? renderManifest({ ...trial.recipe, address })
        : path.endsWith('secrets.json')
          ? JSON.stringify(configuration)
          : content.replace(/^ExecStart=\/usr\/bin\/nvidia-smi\n/m, '');
      trial.machine.write(path, text, 0o644);
    }
    const { status, output } = await trial.machine.sh(
      'systemctl daemon-reload && systemctl enable --now berth-host.timer && systemctl start berth-host.service',
    );
    expect([status, output]).toEqual([0, expect.any(String)]);
  }

  it('that a release made is taken over while it serves, with the key, files and certificate of its pool', async () => {
    await installAsRelease();
    const [key, trusted] = [kept(names.apiKey), kept(names.certificate)];
    trial.files.asked.length = 0;
    const { result, asked, failed } = await trial.whileAsked(() => runCommand(), trusted);
    expect([result.status, failed, result.status === 0 ? '' : result.output]).toEqual([0, [], '']);
    expect([kept(names.apiKey), trial.files.asked]).toEqual([key, []]);
    expect(asked).toBeGreaterThan(10);
    // It signs others, so the next one is known from now on.
    expect(kept(names.certificate)).toContain(trusted);
    expect(kept(names.certificate).match(/BEGIN CERT/g)).toHaveLength(2);
    expect((await trial.machine.sh('ls /usr/local/lib/berth/*.*')).output).toBe(
      '/usr/local/lib/berth/berth-secrets.py\n/usr/local/lib/berth/berth_store.py',
    );
  });

  it('takes another context in place, and what its service does at each boot changes nothing', async () => {
    const models = trial.changed({ contextTokens: 512 });
    const { result, failed } = await trial.whileAsked(() => runCommand({ models }), kept(names.certificate));
    expect([result.status, failed]).toEqual([0, []]);
    const engines =
      'systemctl show --property ActiveEnterTimestamp "berth-engine.*"; cat /etc/systemd/system/berth-engine.*';
    const before = await trial.machine.sh(engines);
    expect(before.output).toContain('--ctx-size 1024 ');
    expect((await trial.machine.sh('systemctl start berth-host.service')).status).toBe(0);
    expect((await trial.machine.sh('systemctl start berth-keys.service')).status).toBe(0);
    expect(await trial.machine.sh(engines)).toEqual(before);
  });

  it('leaves its pool before it stops what it serves by, where the memory does not hold both', async () => {
    await trial.machine.sh(
      'echo "MemAvailable: 1000 kB" >/root/meminfo && mount --bind /root/meminfo /proc/meminfo',
    );
    const models = trial.changed({ contextTokens: 128 });
    const answers: string[] = [];
    const asking = setInterval(() => {
      for (const path of ['/health', '/v1/models'])
        void trial
          .ask(path, kept(names.apiKey), undefined, kept(names.certificate))
          .then(({ status }) => answers.push(`${path} ${status}`));
    }, 100);
    const { status } = await runCommand({ models }, 'BERTH_LEAVE_SECONDS=3');
    clearInterval(asking);
    await trial.machine.sh('umount /proc/meminfo');
    expect(status).toBe(0);
    const [left, closed] = ['/health 503', '/v1/models 503'].map(each => answers.indexOf(each));
    expect(left).toBeGreaterThan(0);
    expect(Number(closed) - Number(left)).toBeGreaterThan(20);
    expect([...new Set(answers.map(each => each.split(' ')[1]))].sort()).toEqual(['200', '503']);
    expect((await chat()).status).toBe(200);
  });

  it('fails with the status and the reason of what is wrong, and serves as before', async () => {
    const models = trial.changed({
      weights: {
        ...trial.files.put('/w.gguf', Buffer.from('x')),
        revision: '3',
        format: 'gguf',
        sha256: 'e'.repeat(64),
      },
    });
    const wrong = await runCommand({ models });
    const reason =
      /^berth-machine: berth-device: install demo: e{64}\.gguf has another hash: https:\S+ holds another file$/;
    expect([wrong.status, wrong.output.split('\n').at(-1)]).toEqual([3, expect.stringMatching(reason)]);
    expect((await chat()).status).toBe(200);
    expect((await trial.machine.sh('ls -d /run/berth-recipe.*')).status).not.toBe(0);
  });

  it('takes up a key that somebody replaced in the vault, and the one before it for a week', async () => {
    const before = kept(names.apiKey);
    vault.secrets.set(names.apiKey, 'another-key');
    const { result, failed } = await trial.whileAsked(
      () => trial.machine.sh('systemctl start berth-keys.service'),
      kept(names.certificate),
    );
    expect([result.status, failed]).toEqual([0, []]);
    // The proxy takes its configuration a moment after it is told.
    await trial.until(async () => (await chat()).status === 200);
    expect([(await chat()).status, (await chat(before)).status, (await chat('none')).status]).toEqual([
      200, 200, 401,
    ]);
    expect((await trial.run('rotate')).output).toContain(
      'the key of this machine is in the secret store of its cloud: replace it there',
    );
  });

  it('is set up from nothing, with a key and a certificate that its vault has', async () => {
    await trial.run('remove');
    await trial.machine.sh(
      'systemctl disable --now berth-host.timer berth-keys.timer; rm -rf /etc/systemd/system/berth-* /usr/local/lib/berth /etc/berth',
    );
    const { status, output } = await runCommand();
    expect([status, status === 0 ? '' : output]).toEqual([0, '']);
    expect([(await chat()).status, trial.read(`${secrets}/api-key`)]).toEqual([200, kept(names.apiKey)]);
    expect(trial.read(`${home}/certificate.pem`)).toBe(kept(names.certificate).trim());
    expect((await trial.machine.sh('systemctl is-enabled berth-host.timer berth-keys.timer')).output).toBe(
      'enabled\nenabled',
    );
    await trial.run('remove');
  });
}
