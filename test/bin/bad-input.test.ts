import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fail } from '../../bin/failure';
import { place } from '../../bin/place';

const good = [
  'name: shop',
  'azure:',
  '  subscriptionId: 00000000-0000-4000-8000-000000000000',
  '  locations: [swedencentral]',
  'workloads:',
  '  - name: chat',
  '    task: chat',
  '    traffic: { requestsPerDay: 1000, inputTokens: 500, outputTokens: 100 }',
  '',
].join('\n');
const tinyDevice = [
  '    residency: device',
  '    site: shelf',
  'devices:',
  '  tag:',
  '    site: shelf',
  '    hardware: { memoryGib: 0.25, memoryBandwidthGbs: 5, runsOn: cpu, arch: arm64 }',
  '    connection: { host: tag.example.com, hostKey: ssh-ed25519 AAAA }',
  '',
].join('\n');
const images = good.replace('task: chat', 'task: image-generation').replace('outputTokens: 100', 'images: 1');

let folder: string;
let printed: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'berth-input-'));
  printed = '';
  jest.spyOn(process.stderr, 'write').mockImplementation(text => {
    printed += String(text);
    return true;
  });
});
afterEach(() => {
  jest.restoreAllMocks();
  process.exitCode = 0;
  rmSync(folder, { recursive: true });
});

/** What `berth place` prints and exits with, as the command line runs it; nothing may be written. */
async function placed(
  text: string | undefined,
): Promise<{ readonly said: string; readonly exitCode: unknown }> {
  const file = join(folder, 'shop.yaml');
  if (text !== undefined) writeFileSync(file, text);
  const before = readdirSync(folder);
  try {
    await place(file, { today: '2026-11-24' });
  } catch (error) {
    fail(error);
  }
  expect(readdirSync(folder)).toEqual(before);
  return { said: printed.replaceAll(`${folder}/`, ''), exitCode: process.exitCode };
}

describe('berth place, given', () => {
  it.each([
    [
      'an unknown model',
      `${good}    pin: { model: gpt-5-minni }\n`,
      "error shop.yaml:9:12: workloads[0].pin.model: must be a model of the catalogue, got 'gpt-5-minni'; the closest are gpt-5-mini, gpt-4o-mini, gpt-5.4-mini\n",
    ],
    [
      'DALL·E, which is retired',
      `${images}    pin: { model: dall-e-3 }\n`,
      'error shop.yaml:9:12: workloads[0].pin.model: dall-e-3 was retired on 2026-03-04; use its successors gpt-image-2, gpt-image-1.5, gpt-image-1; change it to one of those\n',
    ],
    [
      'a typo in a key',
      good.replace('locations', 'locatoins'),
      "error shop.yaml:4:3: azure.locatoins: must be one of the keys subscriptionId, locations, addressSpace, acceptedTerms, approvedModels, alreadyDeployed, quotas, managedCompute, fineTunedUsdPerHour, trainingUsdPerMillionTokens, existing, got 'locatoins' with a list of 1; the closest known key is locations; rename or remove it\n",
    ],
    [
      'negative traffic',
      good.replace('1000', '-5'),
      'error shop.yaml:8:16: workloads[0].traffic.requestsPerDay: must be a number of at least 0, got -5; raise it\n',
    ],
    [
      'a pin against the residency',
      `${good}    residency: own-network\n    pin: { venue: hosted }\n`,
      "error shop.yaml:10:12: workloads[0].pin.venue: must be vm or edge when residency is own-network, got 'hosted'; remove the pin or relax what it breaks\n",
    ],
    [
      'a duplicate name',
      good + good.slice(good.indexOf('  - name')),
      "error shop.yaml:9:5: workloads[1].name: must be a name that no other workload has, got 'chat', which workloads[0] has; rename one\n",
    ],
    [
      'a broken YAML',
      `${good}    languages: [sv\n`,
      'error shop.yaml:10:1: must be valid YAML, got an error: Flow sequence in block collection must be sufficiently indented and end with a ]; correct the syntax\n',
    ],
    [
      'no file',
      undefined,
      'error shop.yaml: a file is needed here, got nothing; check the path, or create it\n',
    ],
    [
      'a price file that is not there',
      good.replace('workloads:', 'prices: none.json\nworkloads:'),
      'error none.json: a file is needed here, got nothing; check the path, or create it\n',
    ],
    [
      'a peak below the average of the active hours',
      good.replace('500,', "500, activeHours: { from: '08:00', to: '12:00' },"),
      'error shop.yaml:8:14: workloads[0].traffic.peakFactor: must be a number of at least 8.4 when traffic.activeHours has 20 of the 168 hours of a week, got 3; raise it, or widen the hours\n',
    ],
  ])('%s: says so in one line, and writes nothing', async (_, text, said) => {
    expect(await placed(text)).toEqual({ said, exitCode: 1 });
  });

  it('errors of every kind at once: says each in a line of its own, in the order of the file', async () => {
    const text = [
      'name: shop-1',
      'azure:',
      '  subscriptionId: 00000000-0000-4000-8000-000000000000',
      '  locations: [swedencentral, swedencentrl]',
      '  quotas: [{ model: gpt-5-mini, sku: Globl, tokensPerMinute: 1000 }]',
      'workloads:',
      '  - name: chat',
      '    task: chat',
      '    traffic: { requestsPerDay: -5, inputTokens: 500, outputTokens: 100 }',
      '    pin: { model: gpt-5-minni }',
      '  - name: chat',
      '    task: embedding',
      '    contextTokens: 100',
      '    traffic: { requestsPerDay: 1000, inputTokens: 500, outputTokens: 100, perkFactor: 2 }',
      '    site: shelf',
      '',
    ].join('\n');
    expect(await placed(text)).toEqual({
      said: [
        "error shop.yaml:1:1: name: must be 1 to 12 lower-case letters and digits that start with a letter, got 'shop-1'; correct it",
        "shop.yaml:4:30: azure.locations[1]: must be a region of azure, got 'swedencentrl'; the closest is swedencentral",
        "shop.yaml:5:33: azure.quotas[0].sku: must be one of GlobalStandard, DataZoneStandard, Standard, GlobalProvisionedManaged, DataZoneProvisionedManaged, ProvisionedManaged, GlobalBatch, DataZoneBatch, got 'Globl'; choose one that is allowed",
        'shop.yaml:9:16: workloads[0].traffic.requestsPerDay: must be a number of at least 0, got -5; raise it',
        "shop.yaml:10:12: workloads[0].pin.model: must be a model of the catalogue, got 'gpt-5-minni'; the closest are gpt-5-mini, gpt-4o-mini, gpt-5.4-mini",
        "shop.yaml:11:5: workloads[1].name: must be a name that no other workload has, got 'chat', which workloads[0] has; rename one",
        'shop.yaml:13:5: workloads[1].contextTokens: must be a number of at least 600, the average input plus output, got 100; raise it',
        'shop.yaml:14:56: workloads[1].traffic.outputTokens: must be 0 when task is embedding, got 100; remove it',
        "shop.yaml:14:75: workloads[1].traffic.perkFactor: must be one of the keys requestsPerDay, inputTokens, outputTokens, images, peakFactor, cachedInputShare, deferrable, activeHours, got 'perkFactor' with 2; the closest known key is peakFactor; rename or remove it",
        "shop.yaml:15:5: workloads[1].site: must be the site of a device, got 'shelf'; there are none, so add it or remove this",
        '',
      ].join('\n'),
      exitCode: 1,
    });
  });

  it('a device that is too small for every model: names the device, and what does not fit', async () => {
    const { said, exitCode } = await placed(good + tinyDevice);
    expect(exitCode).toBe(3);
    expect(said).toMatch(
      /^error shop: workload chat: nothing can serve it; relax a requirement, or add what these lack:\n {2}residency decides: without it, .* would serve it for \$[\d.]+\n {2}\S+ on the device tag\n {4}memory-fit: \S+ \S+ needs [\d.]+ GiB, and tag leaves [\d.]+ of its 0\.25 GiB\n/,
    );
    expect(said).not.toMatch(/^ +at |should not have happened/m);
  });

  it.each([
    [
      'a rule of the data zone',
      'residency: data-zone',
      'gpt-5-mini, sku GlobalStandard',
      'residency: processing must stay in the data zone, and GlobalStandard may process anywhere',
      '  residency decides: without it, gpt-5-mini on the GlobalStandard deployment in swedencentral would serve it for $9.89\n',
    ],
    [
      'a language that nobody verified',
      'languages: [kl]',
      'gpt-5-mini, sku GlobalStandard',
      'languages: kl are asked for, and no language list of gpt-5-mini is published; verified[].languages would say it',
      '  languages decides: without it, gpt-5-mini on the GlobalStandard deployment in swedencentral would serve it for $9.89\n' +
        '  gpt-5-mini on the GlobalStandard deployment in swedencentral costs $9.89 and only lacks, in verified: - { model: gpt-5-mini, by: "<who and when>", languages: [kl] }\n',
    ],
  ])('a pin that breaks %s: names both', async (_, asked, pin, because, decides) => {
    const { said, exitCode } = await placed(
      `${good}    ${asked}\n    pin: { model: gpt-5-mini, sku: GlobalStandard }\n`,
    );
    expect({ said, exitCode }).toEqual({
      said: `error shop: workload chat: its pin to model ${pin} breaks what else is asked; remove the pin, or relax or add what these lack:\n${decides}  gpt-5-mini on the GlobalStandard deployment in swedencentral\n    ${because}\n`,
      exitCode: 3,
    });
  });

  it('a pin to a model version that has retired: names its successor', async () => {
    const { said } = await placed(`${good}    pin: { model: o3 }\n`);
    expect(said).toContain('its pin to model o3 breaks what else is asked; ');
    expect(said).toMatch(/lifecycle: o3 2025-04-16 was retired on 2026-11-19; its successor is \S+\n/);
  });
});
