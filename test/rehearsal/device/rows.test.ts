import { createHash } from 'node:crypto';
import { renderManifest } from '../../../constructs/host/engine';
import type { RecipeSpec } from '../../../constructs/host/engine';
import { RehearsedDevice } from '../../../rehearsal/device/rehearsed-device';
import type { ArtifactTrouble } from '../../../rehearsal/device';
import { deviceRows } from '../../constructs/host/real/device-rows';
import type { BadEngine, RowStage, Wrong } from '../../constructs/host/real/device-rows';

const hash = (content: string): string => createHash('sha256').update(content).digest('hex');
const file = (name: string) => ({ url: `https://files.berth.test/${name}`, sha256: hash(name) });

const recipe: RecipeSpec = {
  unit: 'demo',
  address: '127.0.0.1',
  port: 28_443,
  engine: { version: 'debian', ...file('engine.tar.gz'), arch: 'amd64', accelerator: 'cpu' },
  models: [
    {
      model: 'tiny',
      api: 'chat',
      weights: { ...file('tiny.gguf'), revision: '1', format: 'gguf' },
      contextTokens: 256,
      parallel: 2,
    },
  ],
};
const troubleOf: Readonly<Record<BadEngine, ArtifactTrouble>> = {
  'ends at its start': 'ends at its start',
  'ends with its first completion': 'gives no token',
  'is of an early build': 'early build',
  'is built for another processor': 'another processor',
};

const withWeights = (weights: { readonly url: string; readonly sha256: string }): Wrong['change'] => ({
  models: recipe.models.map(model => ({ ...model, weights: { ...model.weights, ...weights } })),
});

const stage: RowStage = {
  recipe,
  badEngine: what => {
    const bad = file('bad-engine.tar.gz');
    return {
      change: { engine: { ...recipe.engine, ...bad } },
      troubles: { artifacts: { [bad.sha256]: troubleOf[what] } },
    };
  },
  brokenWeights: () => {
    const broken = file('broken.gguf');
    return {
      change: withWeights(broken),
      troubles: { artifacts: { [broken.sha256]: 'ends at its start' } },
    };
  },
  otherWeights: served => ({
    change: withWeights({
      url: `https://files.berth.test/${served === 'nothing' ? 'nothing' : 'broken'}.gguf`,
      sha256: hash('what was verified'),
    }),
    troubles: {},
  }),
  takenPort: () => ({ change: { port: 28_943 }, troubles: { takenPorts: [28_943] } }),
  fullDisk: () => ({ change: withWeights(file('broken.gguf')), troubles: { isFull: true } }),
};

function install(device: RehearsedDevice, wanted: RecipeSpec): { status: number; output: string } {
  const upload = `/opt/berth/${wanted.unit}/upload`;
  const put = (path: string, content: string) =>
    device.files.write(path, { sha256: hash(content), bytes: content.length, content });
  put(`${upload}/unit.json`, renderManifest(wanted));
  put(`${upload}/berth-device.sh`, '#!/bin/sh\n');
  const step = '.ssh/berth-demo.sh';
  put(step, `#!/bin/sh\nsh ${upload}/berth-device.sh install ${upload}/unit.json\n`);
  return device.run(step);
}

const served = ['engine.tar.gz', 'tiny.gguf', 'bad-engine.tar.gz', 'broken.gguf'].map(file);
const downloads = new Map(served.map(({ url, sha256 }) => [url, sha256]));

it.each(deviceRows)('a rehearsed device answers $what as a real one does', async row => {
  const fixtures = { downloads, standIns: new Map<string, string>(), troubles: {} };
  const device = new RehearsedDevice(fixtures);
  expect(install(device, recipe)).toEqual({ status: 0, output: 'berth-device: install demo: ok' });
  const before = device.units;
  const { change, troubles } = await row.stage(stage);
  fixtures.troubles = troubles;
  const { status, output } = install(device, { ...recipe, ...change });
  expect([status, output]).toEqual([row.status, expect.stringMatching(row.says)]);
  expect(device.units).toEqual(before);
  expect(device.refused).toEqual([]);
});
