import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { refreshPrices } from '../../bin/prices';
import { loadCatalog, loadPrices } from '../../config';
import { findHostedModel, tokenCostOf } from '../../catalog';
import { gpt6Luna, item, page, tokens } from './retail/answers';
import type { Item } from './retail/answers';
import { Refreshing, asOf } from './retail/refreshing';
import { PriceServer } from './retail/server';

const run = new Refreshing();

describe('a refresh of token prices', () => {
  const machines = [page([item('D2s_v5', 0.102)])];
  const luna = { model: 'gpt-6-luna', version: '2026-09-22' };
  const read = { source: 'Azure Retail Prices API, swedencentral, Azure OpenAI GPT6', asOf };
  const lunaGlobal = {
    ...luna,
    scope: 'global',
    price: {
      input: 0.1,
      cachedInput: 0.01,
      output: 0.5,
      inputAbove272k: 0.2,
      outputAbove272k: 0.75,
      ...read,
    },
  };
  const thousand = (sku: string, usd: number) => tokens('Azure OpenAI', sku, usd, { unitOfMeasure: '1K' });

  it('takes them in each scope, for a thousand tokens and for a million', async () => {
    const list = [
      ...gpt6Luna('Gl', 1),
      ...gpt6Luna('DZ', 1.2),
      thousand('gpt 4.1 mini Inp regnl', 0.000484),
      thousand('gpt 4.1 mini cached Inp regnl', 0.000121),
      thousand('gpt 4.1 mini Outp regnl', 0.001936),
      thousand('text-embedding-3-small-glbl', 0.00002),
    ];
    await run.refresh(machines, {}, origin => [
      page(list.slice(0, 6), `${origin}/api/retail/prices?$skip=6`),
      page(list.slice(6)),
    ]);
    expect(loadPrices(run.out).tokenPrices).toEqual([
      {
        model: 'gpt-4.1-mini',
        version: '2025-04-14',
        scope: 'regional',
        region: 'swedencentral',
        price: {
          input: 0.484,
          cachedInput: 0.121,
          output: 1.936,
          source: 'Azure Retail Prices API, swedencentral, Azure OpenAI',
          asOf,
        },
      },
      lunaGlobal,
      {
        ...luna,
        scope: 'dataZoneEu',
        price: {
          input: 0.12,
          cachedInput: 0.012,
          output: 0.6,
          inputAbove272k: 0.24,
          outputAbove272k: 0.9,
          ...read,
        },
      },
      {
        model: 'text-embedding-3-small',
        version: '1',
        scope: 'global',
        price: {
          input: 0.02,
          cachedInput: null,
          output: 0,
          source: 'Azure Retail Prices API, swedencentral, Azure OpenAI',
          asOf,
        },
      },
    ]);
    expect(run.printed).toContain('tokens: 4 prices, 2 with another figure, ');
    expect(run.printed).toContain(
      '  no meter is known of 75 of 141 hosted models; their prices are left as they are\n',
    );
  });

  it('decides by them, and says when they were read', async () => {
    await run.refresh(machines, {}, () => [
      page([
        ...gpt6Luna('Gl', 1),
        thousand('gpt 4.1 mini Inp regnl', 0.000484),
        thousand('gpt 4.1 mini cached Inp regnl', 0.000121),
        thousand('gpt 4.1 mini Outp regnl', 0.001936),
      ]),
    ]);
    const own = loadCatalog(join(run.folder, 'team.yaml'), { prices: 'prices.json' });
    const costOf = (name: string, sku: 'GlobalStandard' | 'Standard', region: string, inputTokens = 0) => {
      const lookup = findHostedModel(own, name);
      return lookup.found ? tokenCostOf(own, lookup.value, sku, region, { inputTokens }) : null;
    };
    const global = { cachedInput: 0.01, cacheWrite: 0.125, basis: 'listed', long: false, asOf };
    expect(costOf('gpt-6-luna', 'GlobalStandard', 'eastus2')).toEqual({ ...global, input: 0.1, output: 0.5 });
    expect(costOf('gpt-6-luna', 'GlobalStandard', 'eastus2', 300_000)).toMatchObject({
      input: 0.2,
      output: 0.75,
    });
    expect(costOf('gpt-4.1-mini', 'Standard', 'swedencentral')).toMatchObject({
      input: 0.484,
      basis: 'listed',
      asOf,
    });
    expect(costOf('gpt-4.1-mini', 'Standard', 'westeurope')).toMatchObject({
      input: 0.48,
      basis: 'estimated',
      asOf: '2026-08-01',
    });
  });

  it.each<[string, Item[], string]>([
    [
      'lacks a meter of',
      gpt6Luna('Gl', 1).slice(0, 4),
      '  the list has no 6-luna LongCo Opt Std Gl: gpt-6-luna 2026-09-22 global\n',
    ],
    [
      'has two prices of',
      [...gpt6Luna('Gl', 1), tokens('Azure OpenAI GPT6', '6-luna ShortCo Inp Std Gl', 0.2)],
      '  the price of 6-luna ShortCo Inp Std Gl is unclear: gpt-6-luna 2026-09-22 global\n',
    ],
    [
      'has in a unit of its own',
      [
        ...gpt6Luna('Gl', 1).slice(1),
        tokens('Azure OpenAI GPT6', '6-luna ShortCo Inp Std Gl', 0.1, { unitOfMeasure: '1' }),
      ],
      '  the price of 6-luna ShortCo Inp Std Gl is unclear: gpt-6-luna 2026-09-22 global\n',
    ],
    [
      'has for nothing',
      [...gpt6Luna('Gl', 1).slice(1), tokens('Azure OpenAI GPT6', '6-luna ShortCo Inp Std Gl', 0)],
      '  the price of 6-luna ShortCo Inp Std Gl is unclear: gpt-6-luna 2026-09-22 global\n',
    ],
    [
      'has with input and output exchanged',
      [
        ...gpt6Luna('Gl', 1).slice(3),
        tokens('Azure OpenAI GPT6', '6-luna ShortCo Inp Std Gl', 0.5),
        tokens('Azure OpenAI GPT6', '6-luna ShortCo Cd Inp Std Gl', 0.01),
        tokens('Azure OpenAI GPT6', '6-luna ShortCo Opt Std Gl', 0.1),
      ],
      '  input costs more than output: gpt-6-luna 2026-09-22 global\n',
    ],
    [
      'sells under another product than',
      gpt6Luna('Gl', 1).map(each => ({ ...each, productName: 'Azure OpenAI GPT6 PP FT' })),
      ', gpt-6-luna 2026-09-22 global, ',
    ],
  ])('leaves what the list %s as it was, and says so', async (_, list, says) => {
    const older = [{ ...lunaGlobal, price: { ...lunaGlobal.price, input: 0.3 } }];
    writeFileSync(run.out, JSON.stringify({ tables: [], tokenPrices: older }));
    await run.refresh(machines, {}, [page(list)]);
    expect(loadPrices(run.out).tokenPrices).toEqual(older);
    expect(run.printed).toContain('tokens: 0 prices, 0 with another figure, ');
    expect(run.printed).toContain(says);
  });

  it('leaves what two regions price differently, and takes the price in force', async () => {
    const later = gpt6Luna('DZ', 9).map(each => ({ ...each, effectiveStartDate: '2026-12-01T00:00:00Z' }));
    const earlier = gpt6Luna('DZ', 8).map(each => ({ ...each, effectiveStartDate: '2026-08-01T00:00:00Z' }));
    const list = (region: string, items: readonly Item[]) =>
      page(items.map(each => ({ ...each, armRegionName: region })));
    run.server = await PriceServer.open(
      () => ['swedencentral', 'eastus2'].map(region => list(region, [item('D2s_v5', 0.102)])),
      () => [
        list('swedencentral', [...gpt6Luna('Gl', 1), ...gpt6Luna('DZ', 1.2), ...later, ...earlier]),
        list('eastus2', [...gpt6Luna('Gl', 2), ...gpt6Luna('DZ', 1.1)]),
      ],
    );
    const region = ['swedencentral', 'eastus2'];
    await refreshPrices(undefined, { region, out: run.out, today: asOf, url: run.server.url });
    expect(loadPrices(run.out).tokenPrices?.map(({ scope, price }) => [scope, price.input])).toEqual([
      ['dataZoneEu', 0.12],
      ['dataZoneUs', 0.11],
    ]);
    expect(run.printed).toContain(
      '  two regions list different prices of it: gpt-6-luna 2026-09-22 global\n',
    );
  });

  it('leaves the old file whole when the list of models breaks', async () => {
    writeFileSync(run.out, JSON.stringify({ tables: [] }));
    const broken = run.refresh(machines, {}, () => [page([{ ...gpt6Luna('Gl', 1)[0], skuName: undefined }])]);
    await expect(broken).rejects.toThrow(
      'the price list has another form than Berth knows, at Items[0].skuName: Invalid input: expected string, received undefined; nothing was written',
    );
    expect(readFileSync(run.out, 'utf8')).toBe(JSON.stringify({ tables: [] }));
  });
});
