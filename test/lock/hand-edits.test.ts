import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { catalog, checkLock, loadEnvironment, parseLock, readCheckedLock } from '../../config';

const environment = loadEnvironment('config/environments/dev.yaml');
const text = readFileSync('config/environments/dev.lock.json', 'utf8');

/** What is said of the committed lock with one text put in the place of another, everywhere. */
function refusals(from: string | RegExp, to: string): readonly string[] {
  const edited = text.replaceAll(from, to);
  expect(edited).not.toBe(text);
  try {
    return checkLock(
      environment,
      parseLock(edited, 'dev.lock.json', 'run: berth place dev', catalog),
      catalog,
    );
  } catch (error) {
    return (error as Error).message.split('\n');
  }
}

describe('a lock that was edited by hand, to have', () => {
  it.each<[string, string | RegExp, string, string]>([
    [
      'a region outside the data zone',
      '"location": "swedencentral"',
      '"location": "eastus2"',
      'unit gpt-6-luna-2026-09-22-datazonestandard-swedencentral: location must be "swedencentral", as its offer, its size and its prices give, got "eastus2"',
    ],
    [
      'another SKU',
      '"sku": "DataZoneStandard"',
      '"sku": "GlobalStandard"',
      'unit gpt-6-luna-2026-09-22-datazonestandard-swedencentral: sku must be "DataZoneStandard", as its offer, its size and its prices give, got "GlobalStandard"',
    ],
    [
      'another model',
      /"model": "gpt-6-luna",(?=\s+"monthlyUsd": 131.66,\s+"offer)/g,
      '"model": "gpt-4.1",',
      'unit gpt-6-luna-2026-09-22-datazonestandard-swedencentral: model must be "gpt-6-luna", as its offer, its size and its prices give, got "gpt-4.1"',
    ],
    [
      'another version',
      '"version": "2026-09-22"',
      '"version": "2024-01-01"',
      'unit gpt-6-luna-2026-09-22-datazonestandard-swedencentral: version must be "2026-09-22", as its offer, its size and its prices give, got "2024-01-01"',
    ],
    [
      'a capacity of 100,000',
      '"capacity": 45',
      '"capacity": 100000',
      'unit gpt-6-luna-2026-09-22-datazonestandard-swedencentral: capacity must be 45, as its offer, its size and its prices give, got 100000',
    ],
    [
      'a hundred machines',
      '"count": 2,',
      '"count": 100,',
      'unit azure-nc4as-t4-v3-swedencentral: count must be 2, as its offer, its size and its prices give, got 100',
    ],
    [
      'machines of another size',
      '"sku": "Standard_NC4as_T4_v3"',
      '"sku": "Standard_NC64as_T4_v3"',
      'unit azure-nc4as-t4-v3-swedencentral: sku must be "Standard_NC4as_T4_v3", as its offer, its size and its prices give, got "Standard_NC64as_T4_v3"',
    ],
    [
      'costs of 1 USD each',
      /"monthlyUsd": [1-9][\d.]+/g,
      '"monthlyUsd": 1',
      'unit gpt-6-luna-2026-09-22-datazonestandard-swedencentral: monthlyUsd must be 131.66, as its offer, its size and its prices give, got 1',
    ],
    [
      'a total that fits a smaller budget',
      '"monthlyUsd": 4466',
      '"monthlyUsd": 1',
      'decision.monthlyUsd: must be 4466, the sum of the units, got 1',
    ],
    [
      'a lower price',
      '"usd": 4.775',
      '"usd": 0.001',
      'unit mistral-7b-instruct-v0-3-nc24ads-a100-v4-swedencentral: monthlyUsd must be 0.73, as its offer, its size and its prices give, got 3485.75',
    ],
    [
      'a registry of somebody else',
      'registries/azureml/',
      'registries/evil/',
      'unit mistral-7b-instruct-v0-3-nc24ads-a100-v4-swedencentral: assetId must be "azureml://registries/azureml/models/mistralai-Mistral-7B-Instruct-v0-3/versions/2", as its offer, its size and its prices give, got "azureml://registries/evil/models/mistralai-Mistral-7B-Instruct-v0-3/versions/2"',
    ],
    [
      'an id that is a path',
      '"azure-nc4as-t4-v3-swedencentral"',
      '"../../azure"',
      "dev.lock.json:69:9: decision.units[0].id: must be lower-case letters, digits and single hyphens between them, at most 200, got '../../azure'; correct it",
    ],
    [
      'weights from elsewhere',
      'models.example.com/store-intents',
      'evil.example.com/x',
      'unit azure-nc4as-t4-v3-swedencentral: serves[0].weights.url is "https://models.example.com/store-intents/v7/store-intents-q8_0.gguf" in the environment, and the lock has "https://evil.example.com/x/v7/store-intents-q8_0.gguf"',
    ],
  ])('%s: is refused', (_, from, to, sentence) => {
    expect(refusals(from, to)).toContain(sentence);
  });
});

describe('what is wrong with a lock', () => {
  const folder = mkdtempSync(join(tmpdir(), 'berth-lock-'));
  const file = join(folder, 'dev.lock.json');
  const environmentFile = join(folder, 'dev.yaml');
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  /** The line, from 1, on which the committed lock has a text for the first time. */
  const lineOf = (wanted: string): number => text.slice(0, text.indexOf(wanted)).split('\n').length;

  /** What a deploy says of the committed lock with edits, without the last line, which says what to do. */
  function said(edits: readonly (readonly [string, string])[]): readonly string[] {
    writeFileSync(environmentFile, readFileSync('config/environments/dev.yaml', 'utf8'));
    writeFileSync(
      file,
      edits.reduce((edited, [from, to]) => edited.replace(from, to), text),
    );
    try {
      readCheckedLock(environmentFile, environment, catalog);
      return [];
    } catch (error) {
      return (error as Error).message.split('\n').slice(0, -1);
    }
  }

  it('stands at its line and column', () => {
    expect(
      said([
        ['"capacity": 45', '"capacity": 100000'],
        ['"monthlyUsd": 4466', '"monthlyUsd": 1'],
      ]),
    ).toEqual([
      `${file}:${lineOf('"capacity": 45')}:9: unit gpt-6-luna-2026-09-22-datazonestandard-swedencentral: capacity must be 45, as its offer, its size and its prices give, got 100000`,
      `${file}:${lineOf('"monthlyUsd": 4466')}:5: decision.monthlyUsd: must be 4466, the sum of the units, got 1`,
    ]);
  });

  it('stands at its line in what holds nothing together', () => {
    const unit = '"unit": "azure-nc4as-t4-v3-swedencentral"';
    expect(said([[unit, '"unit": "nobody"']])[0]).toMatch(
      `${file}:${lineOf(unit)}:9: placement of intent-classifier: unit must be one of `,
    );
  });
});
