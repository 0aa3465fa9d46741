import { renderInstanceDocument, renderManifest } from '../../../../constructs/host/engine';
import type { RecipeSpec } from '../../../../constructs/host/engine';
import { filesOfFirstBoot } from '../../../releases/first-boot';
import { AwsServices } from '../aws-services';
import { home, secrets, unit } from './device-trial';
import type { DeviceTrial } from './device-trial';

const address = 'demo.dev.berth.internal';
const names = {
  apiKey: 'berth/demo/api-key',
  tls: 'berth/demo/tls',
  certificate: 'berth/demo/certificate',
};
const wait = '/wait-for-it?X-Amz-Signature=abc%2Fdef&X-Amz-Expires=86399';

interface Document {
  readonly mainSteps: readonly [{ readonly inputs: { readonly runCommand: readonly string[] } }];
}

/** An EC2 instance: what the agent of the Systems Manager does there, with stubs of its metadata, its secrets and its stack. */
export function ec2Rows(trialOf: () => DeviceTrial): void {
  let trial: DeviceTrial;
  let aws: AwsServices;
  beforeAll(async () => {
    trial = trialOf();
    trial.servername = address;
    aws = new AwsServices();
    const endpoint = await aws.start();
    for (const name of Object.values(names)) aws.secrets.set(name, undefined);
    trial.machine.write(
      'root/.aws/config',
      `[default]\nec2_metadata_service_endpoint = ${endpoint}\n`,
      0o600,
    );
    trial.machine.write('var/lib/cloud/data/instance-id', 'i-0123456789abcdef0\n', 0o644);
  });
  afterAll(() => aws.stop());

  const kept = (name: string) => aws.secrets.get(name) ?? '';
  const chat = (key = kept(names.apiKey)) => trial.chat(key, kept(names.certificate));
  const signalled = () => aws.signals.splice(0);
  const signal = (status: string, reason: unknown) => ({
    Status: status,
    UniqueId: 'i-0123456789abcdef0',
    Reason: reason,
    Data: reason,
  });

  /** As the agent does it: parameters are put in, and the lines run as root. */
  async function associate(change: Partial<RecipeSpec> = {}) {
    const recipe = { ...trial.recipe, address, ...change };
    const spec = { recipe, secrets: names, region: 'eu-north-1', first: true, shared: false };
    const { content } = renderInstanceDocument(spec);
    const text = (content as Document).mainSteps[0].inputs.runCommand
      .join('\n')
      .replaceAll('{{ Signal }}', `${aws.endpoint}${wait}`)
      .replace('"region": "eu-north-1"', `"region": "eu-north-1", "endpoint": "${aws.endpoint}"`);
    trial.machine.write('/root/_script.sh', text, 0o700);
    return trial.machine.sh('sh -c /root/_script.sh');
  }

  async function installAsRelease(): Promise<void> {
    const store = {
      region: 'eu-north-1',
      endpoint: aws.endpoint,
      signal: { stack: 'prod', resource: 'Machine1' },
    };
    for (const { path, content } of filesOfFirstBoot('aws')) {
      const text = path.endsWith('unit.json')
        ? renderManifest({ ...trial.recipe, address })
        : path.endsWith('secrets.json')
          ? JSON.stringify({ unit, address, first: true, secrets: names, store })
          : content
              .replace(/^ExecStart=\/usr\/bin\/nvidia-smi\n/m, '')
              .replace('config["region"])', 'config["region"], endpoint_url=config["endpoint"])');
      trial.machine.write(path, text, 0o644);
    }
    await trial.machine.sh('systemctl daemon-reload && systemctl enable --now berth-host.timer');
    // Where its first start fails, as on a busy machine, the release tries again.
    const start =
      'for time in 1 2 3; do systemctl start berth-host.service && exit; sleep 5; done; journalctl -u berth-host --no-pager -n 40; exit 1';
    const { status, output } = await trial.machine.sh(start);
    expect([status, status === 0 ? '' : output]).toEqual([0, '']);
  }

  it('that a release made is taken over while it serves, with the key, files and certificate of its pool', async () => {
    await installAsRelease();
    const [key, trusted] = [kept(names.apiKey), kept(names.certificate)];
    trial.files.asked.length = 0;
    const { result, asked, failed } = await trial.whileAsked(() => associate(), trusted);
    expect([result.status, failed, result.status === 0 ? '' : result.output]).toEqual([0, [], '']);
    expect([kept(names.apiKey), trial.files.asked, signalled()]).toEqual([
      key,
      [],
      [signal('SUCCESS', 'it took its recipe')],
    ]);
    expect(asked).toBeGreaterThan(10);
    // It signs others, so the next one is known from now on.
    expect(kept(names.certificate)).toContain(trusted);
    expect(kept(names.certificate).match(/BEGIN CERT/g)).toHaveLength(2);
    expect((await trial.machine.sh('ls /usr/local/lib/berth/*.*')).output).toBe(
      '/usr/local/lib/berth/berth-secrets.py\n/usr/local/lib/berth/berth_store.py',
    );
  });

  it('takes another context in place, and does nothing at the times after that', async () => {
    const models = trial.changed({ contextTokens: 512 });
    const { result, failed } = await trial.whileAsked(() => associate({ models }), kept(names.certificate));
    expect([result.status, failed]).toEqual([0, []]);
    expect((await trial.machine.sh('cat /etc/systemd/system/berth-engine.*')).output).toContain(
      '--ctx-size 1024 ',
    );
    signalled();
    expect(await associate({ models })).toEqual({ status: 0, output: '' });
    expect(signalled()).toEqual([signal('SUCCESS', 'it has its recipe')]);
  });

  it('tells its stack the reason where it cannot have its recipe, serves as before, and tries it again', async () => {
    const weights = {
      ...trial.files.put('/w.gguf', Buffer.from('x')),
      revision: '3',
      format: 'gguf' as const,
    };
    const models = trial.changed({ weights: { ...weights, sha256: 'e'.repeat(64) } });
    const reason =
      /^exit 3, berth-machine: berth-device: install demo: e{64}\.gguf has another hash: https:\S+ holds another file$/;
    for (let time = 0; time < 2; time++) {
      const { status } = await associate({ models });
      expect([status, signalled()]).toEqual([3, [signal('FAILURE', expect.stringMatching(reason))]]);
    }
    expect((await chat()).status).toBe(200);
    expect((await trial.machine.sh('ls -d /run/berth-*.??????')).status).not.toBe(0);
  });

  it('is taken back where its stack is, though it took the new one', async () => {
    const models = trial.changed({ contextTokens: 512 });
    expect((await associate({ models })).status).toBe(0);
    signalled();
    expect((await associate()).status).toBe(0);
    expect(signalled()).toEqual([signal('SUCCESS', 'it took its recipe')]);
  });

  it('takes up a key that somebody replaced, and the one before it for a week', async () => {
    const before = kept(names.apiKey);
    aws.secrets.set(names.apiKey, 'another-key');
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
  });

  it('waits for a role that does not act yet, and is set up from nothing', async () => {
    await trial.run('remove');
    await trial.machine.sh(
      'systemctl disable --now berth-host.timer berth-keys.timer; rm -rf /etc/systemd/system/berth-* /usr/local/lib/berth /etc/berth',
    );
    aws.refuse('AccessDeniedException');
    setTimeout(() => aws.refuse(undefined), 1000);
    const { status, output } = await associate();
    expect([status, status === 0 ? '' : output]).toEqual([0, '']);
    expect([(await chat()).status, trial.read(`${secrets}/api-key`)]).toEqual([200, kept(names.apiKey)]);
    expect(trial.read(`${home}/certificate.pem`)).toBe(kept(names.certificate).trim());
    await trial.run('remove');
  });
}
