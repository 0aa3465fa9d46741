import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { refreshPrices } from '../../bin/prices';
import type { RefreshOptions } from '../../bin/prices';
import { loadPrices } from '../../config';
import { besides, item, page, spot } from './retail/answers';
import type { Answer } from './retail/answers';
import { Refreshing, asOf } from './retail/refreshing';
import type { Answers } from './retail/refreshing';
import { PriceServer } from './retail/server';

const aws = {
  cloud: 'aws',
  region: 'eu-north-1',
  asOf: '2026-10-01',
  currency: 'USD',
  source: 'our price sheet',
  usdPerHour: { 'm7i.xlarge': 0.21 },
};
const before = {
  tables: [
    {
      ...aws,
      cloud: 'azure',
      region: 'swedencentral',
      usdPerHour: { Standard_D2s_v5: 0.1, Standard_D4s_v5: 0.2 },
    },
    aws,
  ],
};

const run = new Refreshing();

/** The message of a refresh that fails, after which the old file must be there, whole and alone. */
async function failure(answers: Answers, options: RefreshOptions = {}): Promise<string> {
  const text = JSON.stringify(before);
  writeFileSync(run.out, text);
  const message = await run.refresh(answers, options).then(
    () => 'it did not fail',
    (error: unknown) => (error instanceof Error ? `${error.name}: ${error.message}` : String(error)),
  );
  expect(readFileSync(run.out, 'utf8')).toBe(text);
  expect(readdirSync(run.folder)).toEqual(['prices.json']);
  return message.replaceAll(run.server?.origin ?? '', 'http://list');
}

const table = (usdPerHour: object, spotUsdPerHour: object) => ({
  cloud: 'azure',
  region: 'swedencentral',
  asOf,
  currency: 'USD',
  source: `Azure Retail Prices API, read ${asOf}`,
  usdPerHour,
  spotUsdPerHour,
});

describe('a refresh of prices', () => {
  it('takes the Linux price on demand and on spot of each known size, and nothing else', async () => {
    await run.refresh([
      page([...besides, item('D2s_v5', 0.102), spot('D2s_v5', 0.0204), item('D4s_v5', 0.204)]),
    ]);
    expect(loadPrices(run.out)).toEqual({
      tables: [table({ Standard_D2s_v5: 0.102, Standard_D4s_v5: 0.204 }, { Standard_D2s_v5: 0.0204 })],
    });
  });

  it('asks for the virtual machines and the models of the region in USD', async () => {
    await run.refresh([page([item('D2s_v5', 0.102)])]);
    const queries = (run.server?.asked ?? []).map(path => new URL(path, 'http://list').searchParams);
    const asked = [
      ['Virtual Machines', 'Consumption'],
      ['Virtual Machines', 'Reservation'],
      ['Foundry Models', 'Consumption'],
    ];
    expect(queries.map(query => Object.fromEntries(query))).toEqual(
      asked.map(([service, type]) => ({
        'api-version': '2023-01-01-preview',
        currencyCode: "'USD'",
        $filter: `serviceName eq '${service}' and armRegionName eq 'swedencentral' and priceType eq '${type}'`,
      })),
    );
  });

  it('follows the pages to the last one', async () => {
    await run.refresh(origin => [
      page([item('D2s_v5', 0.102)], `${origin}/api/retail/prices?$skip=1000`),
      page([item('D4s_v5', 0.204)], `${origin}/api/retail/prices?$skip=2000`),
      page([item('D8s_v5', 0.408)]),
    ]);
    expect(run.server?.asked.slice(1, 3)).toEqual([
      '/api/retail/prices?$skip=1000',
      '/api/retail/prices?$skip=2000',
    ]);
    expect(loadPrices(run.out).tables[0]?.usdPerHour).toEqual({
      Standard_D2s_v5: 0.102,
      Standard_D4s_v5: 0.204,
      Standard_D8s_v5: 0.408,
    });
  });

  it('takes reservations, whose price is of their term, and savings plans, and says what changed', async () => {
    const plans = (usd: number) => ({
      savingsPlan: [
        { unitPrice: usd, retailPrice: usd, term: '1 Year' },
        { unitPrice: usd / 2, retailPrice: usd / 2, term: '3 Years' },
      ],
    });
    const reserved = (usd: number, reservationTerm: string) =>
      item('D2s_v5', usd, { type: 'Reservation', reservationTerm });
    const refresh = (usd: number) =>
      run.refresh([page([item('D2s_v5', 0.1, plans(0.08))])], {}, undefined, [
        page([reserved(usd * 8760, '1 Year'), reserved(0.04 * 26_280, '3 Years')]),
      ]);
    await refresh(0.06);
    expect(run.printed).toContain('1 with reservation-1-year (0 with another price)');
    await run.server?.close();
    await refresh(0.05);
    expect(run.printed).toContain('1 with reservation-1-year (1 with another price)');
    expect(loadPrices(run.out).tables[0]?.committedUsdPerHour).toEqual({
      'savings-plan-1-year': { Standard_D2s_v5: 0.08 },
      'savings-plan-3-years': { Standard_D2s_v5: 0.04 },
      'reservation-1-year': { Standard_D2s_v5: 0.05 },
      'reservation-3-years': { Standard_D2s_v5: 0.04 },
    });
  });

  it('waits as long as a throttled list asks', async () => {
    const busy: Answer = { status: 429, headers: { 'retry-after': '0' }, body: 'slow down' };
    const late: Answer = {
      status: 503,
      headers: { 'retry-after': 'Wed, 25 Nov 2020 00:00:00 GMT' },
      body: '',
    };
    await run.refresh([busy, late, page([item('D2s_v5', 0.102)])]);
    expect(run.server?.asked).toHaveLength(5);
    expect(run.told).toContain('the price list asks to wait 0 s\n');
  });

  it('leaves out of doubt what has two prices, and takes zero for none', async () => {
    await run.refresh([
      page([item('D2s_v5', 0.1), item('D2s_v5', 0.11), item('D4s_v5', 0), item('D8s_v5', 0.4)]),
    ]);
    expect(loadPrices(run.out).tables[0]?.usdPerHour).toEqual({
      Standard_D2s_v5: null,
      Standard_D4s_v5: null,
      Standard_D8s_v5: 0.4,
    });
  });

  it('keeps the tables of other regions and says what changed', async () => {
    writeFileSync(run.out, JSON.stringify(before));
    await run.refresh([page([item('D2s_v5', 0.102), item('D8s_v5', 0.4), spot('D8s_v5', 0.08)])]);
    expect(loadPrices(run.out).tables).toEqual([
      table({ Standard_D2s_v5: 0.102, Standard_D8s_v5: 0.4 }, { Standard_D8s_v5: 0.08 }),
      aws,
    ]);
    expect(run.printed).toContain(
      'swedencentral: 2 sizes, 1 with another price, 1 no longer sold, 0 unclear, 1 with a spot price\n',
    );
  });

  it('reads the locations of an environment, beside which it writes', async () => {
    const file = join(run.folder, 'team.yaml');
    writeFileSync(
      file,
      [
        'name: team',
        'azure: { subscriptionId: 00000000-0000-4000-8000-000000000000, locations: [swedencentral] }',
        'workloads: [{ name: chat, task: chat, traffic: { requestsPerDay: 1, inputTokens: 1 } }]',
      ].join('\n'),
    );
    run.server = await PriceServer.open(() => [page([item('D2s_v5', 0.102)])]);
    await refreshPrices(file, { today: asOf, url: run.server.url });
    expect(loadPrices(run.out).tables[0]?.usdPerHour).toEqual({ Standard_D2s_v5: 0.102 });
    expect(run.printed).toContain(
      `wrote ${run.out}; to use it, give the environment prices with the path of this file\n`,
    );
  });
});

describe('a refresh that fails leaves the old file whole, and says why', () => {
  const good = item('D2s_v5', 0.102);
  const shape = 'RefreshError: the price list has another form than Berth knows, at';

  it.each([
    [
      'a renamed list',
      [page([good], null, { Items: undefined })],
      `${shape} Items: Invalid input: expected array, received undefined`,
    ],
    [
      'a price that became text',
      [page([good, item('D4s_v5', 1, { retailPrice: '0.204' })])],
      `${shape} Items[1].retailPrice: Invalid input: expected number, received string`,
    ],
    [
      'a price below zero',
      [page([item('D4s_v5', -1)])],
      `${shape} Items[0].retailPrice: Too small: expected number to be >=0`,
    ],
    [
      'a missing name',
      [page([item('D4s_v5', 1, { skuName: undefined })])],
      `${shape} Items[0].skuName: Invalid input: expected string, received undefined`,
    ],
    [
      'no link to the next page',
      [page([good], null, { NextPageLink: undefined })],
      `${shape} NextPageLink: Invalid input: expected string, received undefined`,
    ],
    [
      'another form of time',
      [page([item('D4s_v5', 1, { effectiveStartDate: 'yesterday' })])],
      `${shape} Items[0].effectiveStartDate: a time, YYYY-MM-DDThh:mm:ssZ`,
    ],
    [
      'another region',
      [page([item('D4s_v5', 1, { armRegionName: 'westeurope' })])],
      `${shape} Items[0].armRegionName: expected swedencentral, received westeurope`,
    ],
    [
      'reservations',
      [page([item('D4s_v5', 1, { type: 'Reservation' })])],
      `${shape} Items[0].type: expected Consumption, received Reservation`,
    ],
    [
      'a next page elsewhere',
      [page([good], 'https://example.com/prices')],
      `${shape} NextPageLink: expected an address at http://list, received https://example.com/prices`,
    ],
    [
      'another currency',
      [page([good], null, { BillingCurrency: 'EUR' })],
      'RefreshError: the price list must be in USD, got EUR in BillingCurrency; all money here is USD, so nothing was written',
    ],
    [
      'another currency of one meter',
      [page([item('D4s_v5', 1, { currencyCode: 'SEK' })])],
      'RefreshError: the price list must be in USD, got SEK in Items[0].currencyCode',
    ],
    [
      'nothing that is known',
      [page([item('M999unknown', 1)])],
      'RefreshError: the price list has no Linux price of any known size in swedencentral; check the region, and nothing was written',
    ],
    [
      'no JSON',
      [{ body: '<html>maintenance</html>' }],
      'RefreshError: the price list at http://list must be JSON, got "<html>maintenance</html>"; nothing was written',
    ],
    [
      'a refusal',
      [{ status: 400, body: '' }],
      'RefreshError: the price list at http://list answers 400; try later, nothing was written',
    ],
    [
      'endless throttling',
      [{ status: 429, headers: { 'retry-after': '0' }, body: '' }],
      'RefreshError: the price list at http://list answers 429; try later, nothing was written',
    ],
    [
      'a wait of an hour',
      [{ status: 429, headers: { 'retry-after': '3600' }, body: '' }],
      'RefreshError: the price list at http://list answers 429, and asks to wait 3600 s; try later, nothing was written',
    ],
    [
      'a redirection',
      [{ status: 302, headers: { location: 'https://example.com' }, body: '' }],
      'RefreshError: the price list at http://list cannot be reached (unexpected redirect)',
    ],
  ] as const)('%s', async (_, answers, message) => {
    expect((await failure(answers)).slice(0, message.length)).toBe(message);
  });

  it('a break on the second page', async () => {
    const answers = (origin: string) => [
      page([good], `${origin}/api/retail/prices?$skip=1000`),
      { status: 404, body: '' },
    ];
    expect(await failure(answers)).toBe(
      'RefreshError: the price list at http://list answers 404; try later, nothing was written',
    );
  });

  it('a list that leads back to itself', async () => {
    const answers = (origin: string) => [page([good], `${origin}/api/retail/prices?$skip=1000`)];
    expect(await failure(answers)).toBe(
      'RefreshError: the price list of swedencentral does not end; nothing was written',
    );
  });

  it('a second region that cannot be read', async () => {
    const answers = [page([good]), { status: 500, headers: { 'retry-after': '0' }, body: '' }];
    expect(await failure(answers, { region: ['swedencentral', 'westeurope'] })).toBe(
      'RefreshError: the price list at http://list answers 500; try later, nothing was written',
    );
  });

  it('a server that is not there', async () => {
    const gone = await PriceServer.open(() => []);
    await gone.close();
    expect((await failure([], { url: gone.url })).replace(gone.origin, 'http://gone')).toBe(
      'RefreshError: the price list at http://gone cannot be reached (ECONNREFUSED); check the connection, nothing was written',
    );
  });

  it('of a page without an end', async () => {
    expect(await failure([{ body: ' '.repeat(21 * 1024 * 1024) }])).toBe(
      'RefreshError: the price list at http://list answers more than 20 MiB for one page; nothing was written',
    );
  });

  it('behind a proxy that is not there, unless the list needs none', async () => {
    const before = { ...process.env };
    const gone = await PriceServer.open(() => []);
    await gone.close();
    process.env['http_proxy'] = gone.origin;
    try {
      expect(await failure([page([])])).toBe(
        'RefreshError: the price list at http://list cannot be reached (ECONNREFUSED); check the connection, nothing was written',
      );
      process.env['no_proxy'] = '127.0.0.1';
      await run.refresh([page([item('D2s_v5', 0.102)])]);
    } finally {
      process.env = before;
    }
  });

  it('an unknown region', async () => {
    expect(await failure([], { region: ['atlantis'] })).toMatch(
      /^UsageError: --region: a region of azure is allowed, got atlantis; known are /,
    );
  });

  it('an old file that is broken', async () => {
    writeFileSync(run.out, '{"tables": [{"cloud": "azur"}]}');
    await expect(run.refresh([page([good])])).rejects.toThrow(
      `${run.out}:1:14: tables[0].cloud: must be one of azure, aws`,
    );
    expect(readFileSync(run.out, 'utf8')).toBe('{"tables": [{"cloud": "azur"}]}');
  });

  it('a run.folder that is not there', async () => {
    const missing = join(run.folder, 'none', 'prices.json');
    expect(await failure([page([good])], { out: missing })).toBe(
      `OutputError: ${missing} cannot be written: its directory does not exist; create it, or name another file`,
    );
  });
});
