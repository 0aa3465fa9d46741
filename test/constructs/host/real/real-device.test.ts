import { X509Certificate } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { cloudRows } from './cloud-rows';
import { DeviceTrial, home, secrets } from './device-trial';
import { deviceRows } from './device-rows';
import { ec2Rows } from './ec2-rows';
import { stageOf } from './real-stage';
import { sha256 } from '../../../../bench/machines/file-server';
import { missing } from '../../../../bench/machines/machine';

const minutes = 60_000;
jest.setTimeout(5 * minutes);

const lacking = missing();
const why = lacking === '' ? '' : ` (skipped: this machine has no ${lacking})`;

/** Each row of what happens to machines after their first deploy starts from what the one before it left: a device that serves. */
(lacking === '' ? describe : describe.skip)(`a real device${why}`, () => {
  let trial: DeviceTrial;
  beforeAll(async () => {
    trial = await DeviceTrial.open();
  }, 15 * minutes);
  afterAll(() => trial?.close(), minutes);

  const lastLine = ({ output }: { readonly output: string }) => output.trim().split('\n').at(-1);
  const weights = (path: string, content: Buffer) =>
    trial.changed({ weights: { ...trial.files.put(path, content), revision: '2', format: 'gguf' } });
  /** The key counts as before, and nothing was left of what failed. */
  const servesAsBefore = async (key: string) => {
    const answer = await trial.chat(key);
    const { output } = await trial.machine.sh(
      'systemctl list-units --all --plain --no-legend "berth-engine.*" | wc -l',
    );
    expect([answer.status, trial.key, output]).toEqual([200, key, '1']);
  };

  it('that an earlier release set up is taken over while it serves, with key and files', async () => {
    await trial.installAsBefore();
    const key = trial.key;
    const old = trial.read(`${secrets}/tls.pem`).replace(/^[^]*?(?=-----BEGIN CERT)/, '');
    trial.files.asked.length = 0;
    const { result, asked, failed } = await trial.whileAsked(() => trial.deploy(), old);
    expect(result.output).toContain('1 added, 1 changed, 0 destroyed');
    expect([result.status, failed, trial.key]).toEqual([0, [], key]);
    expect(asked).toBeGreaterThan(10);
    expect(trial.files.asked).toEqual([]);
    // With this flag Terraform ends with 2 when anything would change.
    expect((await trial.terraform('plan', '-detailed-exitcode')).status).toBe(0);
  });

  it('serves with the key and only with it, and nothing but its API', async () => {
    expect(await trial.ask('/health', 'none')).toMatchObject({ status: 200, body: '{"status":"ok"}' });
    expect((await trial.chat('none')).status).toBe(401);
    expect(JSON.parse((await trial.chat()).body)).toMatchObject({
      model: 'tiny',
      usage: { completion_tokens: 4 },
    });
    expect(await trial.ask('/props')).toMatchObject({
      status: 404,
      body: expect.stringMatching(/^\{"error":/) as string,
    });
  });

  it('takes another context in place: no request fails, and nothing is downloaded again', async () => {
    const key = trial.key;
    trial.files.asked.length = 0;
    const { result, asked, failed } = await trial.whileAsked(() =>
      trial.deploy({ models: trial.changed({ contextTokens: 512 }) }),
    );
    expect(result.output).toContain('1 added, 0 changed, 1 destroyed');
    expect([result.status, failed, trial.files.asked]).toEqual([0, [], []]);
    expect(asked).toBeGreaterThan(10);
    const started = (await trial.machine.sh('cat /etc/systemd/system/berth-engine.*')).output;
    expect(started).toMatch(/ --ctx-size 1024 .* --flash-attn auto --fit off --jinja --gpu-layers 0$/m);
    const limit = await trial.machine.sh('systemctl show --property MemoryMax --value "berth-engine.*"');
    expect(limit.output).toBe(String(1024 * 1024 * 1024));
    await servesAsBefore(key);
  });

  it('goes on serving, and says what is not at hand, where the folder of weights is not', async () => {
    const key = trial.key;
    const { status, output } = await trial.deploy({ connected: false });
    expect([status, output]).toEqual([
      1,
      expect.stringMatching(/\/weights\/[0-9a-f]{64}\.tar\.gz:\s+no such file or directory/),
    ]);
    await servesAsBefore(key);
    expect((await trial.deploy()).status).toBe(0);
  });

  it.each(deviceRows.filter(({ status }) => status !== 0))(
    'refuses $what within a minute, and the old one serves on',
    async ({ stage, status, says }) => {
      const key = trial.key;
      const { change } = await stage(stageOf(trial));
      const { result, failed } = await trial.whileAsked(() => trial.install(change));
      await trial.mend();
      expect([result.status, lastLine(result)]).toEqual([status, expect.stringMatching(says)]);
      expect(result.seconds).toBeLessThan(60);
      expect(failed).toEqual([]);
      const left = await trial.machine.sh(
        `find ${home}/ -name llama-server -perm /6022; ls ${home}/artifacts | grep part`,
      );
      expect(left.output).toBe('');
      await servesAsBefore(key);
    },
  );

  it('fails the deploy with the reason', async () => {
    const key = trial.key;
    const { status, output } = await trial.deploy(stageOf(trial).brokenWeights().change);
    expect(status).toBe(1);
    expect(output).toMatch(
      /berth-device: install demo: the engine of tiny ends at its start: .*failed to load model/,
    );
    await servesAsBefore(key);
  });

  it('refuses vectors from weights that make none', async () => {
    const key = trial.key;
    const result = await trial.install({ models: trial.changed({ api: 'embeddings' }) });
    expect(lastLine(result)).toMatch(/^berth-device: install demo: tiny gives no vector: it answers 400 /);
    await servesAsBefore(key);
  });

  it('starts again an engine that is killed, and tells callers meanwhile when to come back', async () => {
    await trial.machine.sh('systemctl kill --signal KILL "berth-engine.demo.*"');
    expect(await trial.chat()).toMatchObject({
      status: 503,
      headers: { 'retry-after': '5', 'content-type': 'application/json' },
      body: expect.stringMatching(/^\{"error":/) as string,
    });
    await trial.until(async () => (await trial.chat()).status === 200);
  });

  it('resumes a download that is cut or stalls, and comes back to a mirror that is down', async () => {
    const padded = Buffer.concat([Buffer.alloc(1 << 20, 'x')]);
    const models = weights('/large.gguf', padded);
    trial.files.asked.length = 0;
    trial.files.spoil('/large.gguf', 503, 'cut', 'stall');
    const result = await trial.install({ models }, 'BERTH_STALL_SECONDS=2');
    // The file itself is no model; it is here whole.
    expect(lastLine(result)).toMatch(/ends at its start/);
    expect(trial.files.asked).toEqual([
      '/large.gguf',
      '/large.gguf',
      expect.stringMatching(/^\/large\.gguf from \d{6}$/),
      expect.stringMatching(/^\/large\.gguf from \d{6}$/),
    ]);
    trial.files.spoil('/large.gguf', ...Array.from({ length: 9 }, () => 503 as const));
    await trial.machine.sh(`rm ${home}/artifacts/${sha256(padded)}.gguf`);
    const gaveUp = await trial.install({ models }, 'BERTH_RETRY_SECONDS=3');
    expect(lastLine(gaveUp)).toMatch(/could not be downloaded for 3 seconds: .*503/);
    trial.files.spoil('/large.gguf');
  });

  it('renews its certificate before the end of the old one, which clients go on trusting', async () => {
    const ended = `openssl x509 -in ${secrets}/tls.pem -signkey ${secrets}/tls.pem -days 20 -out /root/c`;
    await trial.machine.sh(
      `${ended}; openssl pkey -in ${secrets}/tls.pem >/root/k; cat /root/k /root/c >${secrets}/tls.pem`,
    );
    expect((await trial.run('maintain')).status).toBe(0);
    const both = trial.read(`${home}/certificate.pem`);
    expect(both.match(/BEGIN CERT/g)).toHaveLength(2);
    expect((await trial.chat(trial.key, both)).status).toBe(200);
    await trial.machine.sh(`touch -d '26 days ago' ${secrets}/next.pem`);
    const { result, failed } = await trial.whileAsked(() => trial.run('maintain'), both);
    expect([result.status, failed]).toEqual([0, []]);
    const certificate = new X509Certificate(trial.read(`${home}/certificate.pem`));
    expect(certificate.ca).toBe(false);
    expect(certificate.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1']);
    expect(both).toContain(certificate.toString().trim());
    await expect(trial.chat(trial.key, both.slice(0, both.indexOf('-----END') + 25))).rejects.toThrow(
      /certificate/,
    );
  });

  it('takes the old key beside the new one for a week', async () => {
    const old = trial.key;
    const { result, failed } = await trial.whileAsked(() => trial.run('rotate'));
    expect([result.status, failed]).toEqual([0, []]);
    expect(trial.key).not.toBe(old);
    // The proxy takes its configuration a moment after it is told.
    await trial.until(async () => (await trial.chat()).status === 200);
    expect([(await trial.chat(old)).status, (await trial.chat()).status]).toEqual([200, 200]);
    expect(lastLine(await trial.run('rotate'))).toMatch(/the key was changed less than 7 days ago/);
    await trial.machine.sh(`touch -d '8 days ago' ${secrets}/api-key-before`);
    expect((await trial.run('maintain')).status).toBe(0);
    await trial.until(async () => (await trial.chat(old)).status === 401);
    expect((await trial.chat()).status).toBe(200);
  });

  it('finds weights that are not what they were, gets them again, and serves no others', async () => {
    const file = `${home}/artifacts/${trial.weights}.gguf`;
    const spoil = `cp ${file} /root/w && printf x | dd of=/root/w conv=notrunc bs=1 seek=9000 2>&1 && cat /root/w >${file}`;
    await trial.machine.sh(spoil);
    const mended = await trial.run('maintain');
    expect([mended.status, mended.output]).toEqual([
      0,
      expect.stringContaining('is not what it was: it is got again'),
    ]);
    expect((await trial.chat()).status).toBe(200);
    await trial.machine.sh(spoil);
    trial.files.spoil('/tiny.gguf', 404);
    expect((await trial.machine.sh('systemctl start berth-daily.demo.service')).status).not.toBe(0);
    expect((await trial.machine.sh('systemctl list-timers --all')).output).toContain(
      'berth-daily.demo.timer',
    );
    expect((await trial.chat()).status).toBe(503);
    expect((await trial.run('maintain')).status).toBe(0);
    expect((await trial.chat()).status).toBe(200);
  });

  it('answers while hundreds of requests are half open', async () => {
    const sockets = Array.from({ length: 1200 }, () =>
      connect(trial.port, '127.0.0.1').on('error', () => undefined),
    );
    await Promise.all(sockets.map(socket => new Promise(done => socket.once('connect', done))));
    expect([(await trial.ask('/health')).status, (await trial.chat()).status]).toEqual([200, 200]);
    sockets.forEach((socket: Socket) => socket.destroy());
  });

  it('uploads engine and weights once, and takes a change without them', async () => {
    const { engine: built } = trial.recipe;
    const content = {
      [`${built.sha256}.tar.gz`]: '/engine.tar.gz',
      [`${trial.weights}.gguf`]: '/tiny.gguf',
    };
    for (const [name, path] of Object.entries(content))
      writeFileSync(join(trial.folder, 'weights', name), trial.files.content(path));
    await trial.machine.sh(`rm ${home}/artifacts/*.gguf`);
    expect((await trial.deploy({ connected: false })).status).toBe(0);
    trial.emptyWeights();
    const { result, failed } = await trial.whileAsked(() =>
      trial.deploy({ connected: false, models: trial.changed({ contextTokens: 128 }) }),
    );
    expect([result.status, failed, result.status ? result.output : '']).toEqual([0, [], '']);
  });

  it('is set up anew where its system was, and what is not there is removed', async () => {
    await trial.machine.sh(
      `systemctl disable --now 'berth-*'; rm -rf /opt/berth /etc/berth /etc/systemd/system/berth-*`,
    );
    await trial.machine.sh('systemctl daemon-reload; systemctl stop "berth-*"');
    expect((await trial.terraform('destroy', '-auto-approve')).status).toBe(0);
    expect((await trial.deploy()).status).toBe(0);
    expect((await trial.chat()).status).toBe(200);
  });

  it('holds nothing any more when it is destroyed', async () => {
    expect((await trial.terraform('destroy', '-auto-approve')).status).toBe(0);
    const { output } = await trial.machine.sh(
      'ls -d /opt/berth/demo /etc/berth/demo /etc/systemd/system/berth-*',
    );
    expect(output.split('\n').filter(line => !/No such file/.test(line))).toEqual([]);
  });

  describe('as a machine of a cloud', () => cloudRows(() => trial));
  describe('as an instance of EC2', () => ec2Rows(() => trial));
});
