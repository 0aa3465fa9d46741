import { catalog, contextTokensOf, covers, languageFact, qualityOf, tokenMeters } from '../../catalog';
import { meteredFigures } from '../../catalog/token-meters';
import type { TokenMeterRow } from '../../catalog/token-meters';

const named = (name: string) => catalog.hostedModels.filter(model => model.name === name);

describe('the catalogue', () => {
  it('holds every table', () => {
    const { hostedModels, retiredModels, openModels, machines, devices, accelerators, quality } = catalog;
    const sizes = [hostedModels, retiredModels, openModels, machines, devices, accelerators, quality].map(
      t => t.length,
    );
    expect(sizes.slice(0, 5)).toEqual([141, 31, 60, 200, 21]);
  });

  it.each([
    ['hosted models', catalog.hostedModels.map(model => `${model.name} ${model.version}`)],
    ['open models', catalog.openModels.map(model => model.id)],
    ['machines', catalog.machines.map(machine => `${machine.cloud} ${machine.sku}`)],
    ['devices', catalog.devices.map(device => device.id)],
    ['regions', catalog.regions.map(region => region.name)],
    ['accelerators', catalog.accelerators.map(accelerator => accelerator.name)],
  ])('names each of its %s once', (_, keys) => {
    expect(keys).toHaveLength(new Set(keys).size);
  });

  it('never holds a price of zero, except for what an embedding model does not put out', () => {
    const zeros = catalog.hostedModels
      .filter(model => model.kind !== 'embedding')
      .flatMap(model =>
        Object.values(model.prices).flatMap(price => [price.input, price.cachedInput, price.output]),
      )
      .filter(usd => usd === 0);
    expect(zeros).toEqual([]);
    expect(
      catalog.machinePrices.flatMap(table => Object.values(table.usdPerHour)).filter(usd => usd === 0),
    ).toEqual([]);
  });

  it('prices only machines that it knows', () => {
    const known = new Set(catalog.machines.map(machine => `${machine.cloud} ${machine.sku}`));
    const priced = catalog.machinePrices.flatMap(({ cloud, usdPerHour }) =>
      Object.keys(usdPerHour).map(sku => `${cloud} ${sku}`),
    );
    expect(priced.filter(key => !known.has(key))).toEqual([]);
  });

  it('knows the region of every deployment', () => {
    const known = new Set(catalog.regions.map(region => region.name));
    const used = catalog.hostedModels.flatMap(model => Object.values(model.regions ?? {}).flat());
    expect(used.filter(region => !known.has(region))).toEqual([]);
  });

  it('names only hosted models that exist where an open model or a quality row points at one', () => {
    const hosted = new Set(catalog.hostedModels.map(model => model.name));
    const pointers = [
      ...catalog.openModels.flatMap(model => model.hostedName ?? []),
      ...catalog.quality.flatMap(row => row.alsoKnownAs),
    ];
    expect(pointers.filter(name => !hosted.has(name))).toEqual([]);
  });

  it('takes the input limit for the context where only that is published', () => {
    const [gpt4o] = named('gpt-4o');
    expect(gpt4o?.contextTokens).toBeNull();
    expect(gpt4o && contextTokensOf(gpt4o)).toBe(128000);
  });

  it('finds the quality of a model by its hosted and its open name', () => {
    expect(qualityOf(catalog, 'Phi-4')).toEqual(qualityOf(catalog, 'phi-4'));
    expect(qualityOf(catalog, 'gpt-4o-mini')?.general?.index).toBe(0);
    expect(qualityOf(catalog, 'qwen2.5-0.5b-instruct')).toBeUndefined();
  });
});

interface ModelVersion {
  readonly name: string;
  readonly version: string | null;
}

/** Whether the name of a meter carries the date of the version: `0806`, or `08062026`. */
function isDated(sku: string, { version }: Pick<TokenMeterRow, 'version'>): boolean {
  const [year, ...day] = version.split('-');
  return day.length > 0 && new RegExp(`(?<!\\d)${day.join('')}(${year})?(?!\\d)`).test(sku);
}

/** Name without the date that some models carry in it, which their meters may leave out. */
function undated(name: string): string {
  return name.replace(/-(\d{4}|\d{2}-\d{4})$/, '');
}

/** Rows whose meters could mean another version: one of the same name whose own meters do not tell it by its date. */
function ambiguous(models: readonly ModelVersion[]): readonly string[] {
  const isToldByDate = (row: TokenMeterRow) => Object.values(row.meters).every(sku => isDated(sku, row));
  const told = new Set(tokenMeters.rows.filter(isToldByDate).map(row => `${row.model} ${row.version}`));
  return tokenMeters.rows
    .filter(row => !isToldByDate(row))
    .filter(row => {
      const meant = models.filter(
        ({ name, version }) => undated(name) === undated(row.model) && !told.has(`${name} ${version}`),
      );
      return meant.length !== 1;
    })
    .map(({ model, version, scope }) => `${model} ${version} ${scope}`);
}

describe('the meters of tokens', () => {
  const rowsOf = (name: string, version: string, scopes: readonly string[]) =>
    tokenMeters.rows.filter(
      row => row.model === name && row.version === version && scopes.includes(row.scope),
    );

  it('are of known models, each of one figure, with a source', () => {
    const known = new Set(catalog.hostedModels.map(({ name, version }) => `${name} ${version}`));
    const { rows, sources } = tokenMeters;
    expect(rows.filter(({ model, version }) => !known.has(`${model} ${version}`))).toEqual([]);
    expect(rows.filter(({ source }) => !(source in sources))).toEqual([]);
    const names = rows.flatMap(({ product, meters }) =>
      Object.values(meters).map(sku => `${product} ${sku}`.toLowerCase()),
    );
    expect(names).toHaveLength(new Set(names).size);
    expect(new Set(rows.map(({ model, version }) => `${model} ${version}`)).size).toBe(66);
  });

  it('come from answers that are published: repository, commit, file, and day', () => {
    const { rows, sources } = tokenMeters;
    const published = /^[\w.-]+\/[\w.-]+@[0-9a-f]{7,40} \S+: .*\d{4}-\d{2}-\d{2}/;
    expect(Object.values(sources).filter(source => !published.test(source))).toEqual([]);
    expect(Object.keys(sources)).toEqual([...new Set(rows.map(({ source }) => source))]);
  });

  it('carry no other date than that of their version', () => {
    const others = tokenMeters.rows.filter(row =>
      Object.values(row.meters).some(sku => /(?<!\d)(\d{4}|\d{8})(?!\d)/.test(sku) && !isDated(sku, row)),
    );
    expect(others).toEqual([]);
  });

  const everyModel = [...catalog.hostedModels, ...catalog.retiredModels];

  it('can mean only one version of the catalogue where they carry no date', () => {
    expect(ambiguous(everyModel)).toEqual([]);
  });

  it.each([
    ['gpt-5.4', '2026-11-01', ['gpt-5.4 2026-03-05 global', 'gpt-5.4 2026-03-05 dataZone']],
    ['gpt-oss-120b', '2', ['gpt-oss-120b 1 global', 'gpt-oss-120b 1 dataZone']],
    [
      'DeepSeek-V4-Pro-1101',
      '1',
      ['DeepSeek-V4-Pro 2026-04-23 global', 'DeepSeek-V4-Pro 2026-04-23 dataZone'],
    ],
    [
      'Cohere-command-a-plus-09-2026',
      '1',
      ['Cohere-command-a-plus-05-2026 1 global', 'Cohere-command-a-plus-05-2026 1 dataZone'],
    ],
  ])('are ambiguous as soon as the catalogue has %s %s too', (name, version, expected) => {
    expect(ambiguous([...everyModel, { name, version }])).toEqual(expected);
  });

  it('replace every figure that a price of the catalogue has, so that none outlives its day', () => {
    const outlived = catalog.hostedModels.flatMap(({ name, version, prices }) =>
      (['global', 'dataZoneEu', 'dataZoneUs'] as const).flatMap(scope =>
        rowsOf(name, version, [scope.startsWith('dataZone') ? 'dataZone' : scope]).flatMap(({ meters }) =>
          meteredFigures
            .filter(figure => typeof prices[scope]?.[figure] === 'number' && meters[figure] === undefined)
            .filter(figure => prices[scope]?.[figure] !== 0)
            .map(figure => `${name} ${scope} ${figure}`),
        ),
      ),
    );
    expect(outlived).toEqual([]);
  });
});

describe('the languages of a model', () => {
  it.each([
    [['en', 'pt'], 'pt-BR', true],
    [['pt-BR'], 'pt', true],
    [['pt-BR'], 'pt-PT', false],
    [['no'], 'nb', true],
    [['tl'], 'fil', true],
    [['en'], 'sv', false],
    [[], 'en', false],
    [null, 'en', null],
  ])('%j cover %s: %j', (languages, required, expected) => {
    expect(covers(languages, required)).toBe(expected);
  });
});

describe('languages of an embedding model', () => {
  it.each([
    // Found in Belebele, whatever its maker lists.
    ['text-embedding-3-small', 'fr', true, '94 %'],
    ['text-embedding-3-small', 'ko', false, '78 %'],
    ['text-embedding-3-large', 'ko', true, '90 %'],
    ['bge-m3', 'sv', true, '95 %'],
    // It was trained in English, and knows French by the words that both have.
    ['bge-large-en-v1.5', 'fr', false, '80 %'],
  ])('%s in %s: %s, by %s', (name, language, value, score) => {
    const listed = catalog.openModels.find(({ id }) => id === name)?.languages ?? null;
    expect(languageFact(catalog.languages, { name, languages: listed }, language)).toMatchObject({
      evidence: 'estimated',
      value,
      score,
    });
  });

  it('are unknown where nobody lists them or measured it', () => {
    const ada = { name: 'text-embedding-ada-002', languages: null };
    expect(languageFact(catalog.languages, ada, 'fr').evidence).toBe('unknown');
  });
});
