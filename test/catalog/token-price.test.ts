import { imagePriceOf, tokenCostOf } from '../../catalog';
import { catalog } from '../../config';
import type { Catalog } from '../../config';

type Hosted = Catalog['hostedModels'][number];
type Prices = Hosted['prices'];

/** Terms and regions of the tests' own: a scope that lists no price is a tenth dearer or a fifth, and a batch costs half. */
const small: Catalog = {
  ...catalog,
  hostedPricesAsOf: '2026-01-02',
  hostingTerms: {
    ...catalog.hostingTerms,
    unlistedScopes: {
      dataZoneEu: { least: 1.1, most: 1.1 },
      dataZoneUs: { least: 1.1, most: 1.1 },
      regional: { least: 1.1, most: 1.2 },
    },
    batchFactor: 0.5,
  },
  regions: [
    { ...region(), name: 'in-eu', dataZone: 'eu' },
    { ...region(), name: 'elsewhere', dataZone: null },
  ],
};

function region(): Catalog['regions'][number] {
  const [first] = catalog.regions;
  if (!first) throw new Error('there are no regions');
  return first;
}

/** A model with these prices and nothing else that a price depends on. */
function modelWith(prices: Prices, more: Partial<Hosted> = {}): Hosted {
  const [first] = catalog.hostedModels;
  if (!first) throw new Error('there are no hosted models');
  return { ...first, name: 'a-model', prices, imagePrices: [], defaultImageQuality: null, ...more };
}

const source = 'a price list';
const listed = { input: 1, cachedInput: 0.1, output: 8, source };

describe('a token price', () => {
  const model = modelWith({ global: listed, dataZoneEu: { ...listed, input: 1.2, asOf: '2026-01-03' } });

  it.each([
    ['GlobalStandard', 'in-eu', 1, 0.1, 8, 'listed', '2026-01-02'],
    ['DataZoneStandard', 'in-eu', 1.2, 0.1, 8, 'listed', '2026-01-03'],
    ['DataZoneStandard', 'elsewhere', 1.2, 0.12, 9.6, 'estimated', '2026-01-02'],
    ['Standard', 'in-eu', 1.2, 0.12, 9.6, 'estimated', '2026-01-02'],
    ['GlobalBatch', 'in-eu', 0.5, 0.5, 4, 'derived', '2026-01-02'],
    ['DataZoneBatch', 'elsewhere', 0.6, 0.6, 4.8, 'estimated', '2026-01-02'],
  ] as const)(
    'under %s %s is %d, cached %d, output %d, %s, read on %s',
    (sku, location, input, cachedInput, output, basis, asOf) => {
      expect(tokenCostOf(small, model, sku, location)).toEqual({
        input,
        cachedInput,
        cacheWrite: input,
        output,
        basis,
        ...(basis === 'estimated' ? { from: 'the global price × 1.1 to 1.2, at the upper end' } : {}),
        long: false,
        asOf,
      });
    },
  );

  it('does not exist for provisioned throughput', () => {
    expect(tokenCostOf(small, model, 'GlobalProvisionedManaged', 'in-eu')).toBeNull();
  });

  it('is the one of the region where one is listed for it', () => {
    const regional = modelWith({ global: listed, regional: { 'in-eu': { ...listed, input: 3 } } });
    expect(tokenCostOf(small, regional, 'Standard', 'in-eu')).toMatchObject({ input: 3, basis: 'listed' });
  });

  it('takes a listed batch price over half of the standard one', () => {
    const batch = modelWith({ global: { ...listed, batchInput: 0.7, batchOutput: 5 } });
    expect(tokenCostOf(small, batch, 'GlobalBatch', 'in-eu')).toMatchObject({
      input: 0.7,
      output: 5,
      basis: 'listed',
    });
  });

  it('charges a cached token like any other where no cache price is listed', () => {
    const uncached = modelWith({ global: { ...listed, cachedInput: null } });
    expect(tokenCostOf(small, uncached, 'GlobalStandard', 'in-eu')?.cachedInput).toBe(1);
  });

  it('has the cache of a zone that lists none in the relation of the global price', () => {
    const cached = { ...listed, cacheWrite: 1.25 };
    const zone = { ...listed, input: 2, cachedInput: null };
    const prices = { global: cached, dataZoneEu: zone };
    expect(tokenCostOf(small, modelWith(prices), 'DataZoneStandard', 'in-eu')).toMatchObject({
      cachedInput: 0.2,
      cacheWrite: 2.5,
      basis: 'listed',
    });
  });

  it.each([
    ['2026-03-31', 1, 'listed'],
    ['2026-04-01', 5, 'estimated'],
  ])('on %s of a promotion until the end of March is %d', (asOf, input, basis) => {
    const promotion = { until: '2026-03-31', input: 5, cachedInput: 0.5, output: 30 };
    const model = modelWith({ global: { ...listed, promotion } });
    expect(tokenCostOf(small, model, 'GlobalStandard', 'in-eu', { asOf })).toMatchObject({ input, basis });
  });

  it('is unknown where nothing is listed, in any scope', () => {
    expect(tokenCostOf(small, modelWith({}), 'GlobalStandard', 'in-eu')).toBeNull();
    expect(tokenCostOf(small, modelWith({}), 'DataZoneStandard', 'elsewhere')).toBeNull();
  });

  it('is unknown, never free, where the list has no figure', () => {
    const unknown = modelWith({ global: { input: null, cachedInput: null, output: null, source } });
    expect(tokenCostOf(small, unknown, 'DataZoneStandard', 'elsewhere')).toMatchObject({
      input: null,
      cachedInput: null,
      output: null,
    });
  });
});

describe('the token price of a long request', () => {
  const long = { ...listed, inputAbove272k: 2, outputAbove272k: 12 };
  const priceAt = (prices: Prices, tokens: number, sku: 'GlobalStandard' | 'DataZoneStandard') =>
    tokenCostOf(small, modelWith(prices), sku, 'in-eu', { inputTokens: tokens });

  it.each([
    [272_000, false, 1, 8],
    [272_001, true, 2, 12],
  ])('with %d tokens of input is another one: %s', (tokens, isLong, input, output) => {
    expect(priceAt({ global: long }, tokens, 'GlobalStandard')).toMatchObject({
      long: isLong,
      input,
      output,
    });
  });

  it('follows from the global one where a zone lists none, and is listed where it does', () => {
    const zone = { ...listed, input: 1.2 };
    expect(priceAt({ global: long, dataZoneEu: zone }, 300_000, 'DataZoneStandard')).toMatchObject({
      input: 2.2,
      output: 13.2,
      basis: 'estimated',
    });
    const own = { ...zone, inputAbove272k: 2.5, outputAbove272k: 13 };
    expect(priceAt({ global: long, dataZoneEu: own }, 300_000, 'DataZoneStandard')).toMatchObject({
      input: 2.5,
      output: 13,
      basis: 'listed',
    });
  });

  it('has no cache price of its own', () => {
    expect(priceAt({ global: long }, 300_000, 'GlobalStandard')?.cachedInput).toBe(2);
  });

  it('is the same as of any other where the list makes no difference', () => {
    expect(priceAt({ global: listed }, 300_000, 'GlobalStandard')).toEqual(
      priceAt({ global: listed }, 100, 'GlobalStandard'),
    );
  });
});

describe('the price of an image', () => {
  const sized = (quality: 'medium' | 'high', width: number, usdPerImage: number) => ({
    quality,
    width,
    height: 1024,
    usdPerImage,
  });
  const priced = modelWith(
    {},
    {
      defaultImageQuality: 'medium',
      imagePrices: [sized('medium', 1024, 0.01), sized('high', 1024, 0.04), sized('medium', 1536, 0.02)],
    },
  );
  const flat = modelWith(
    {},
    { imagePrices: [{ quality: null, width: null, height: null, usdPerImage: 0.05 }] },
  );

  it.each([
    ['the default quality and size', priced, {}, 0.01],
    ['a quality', priced, { quality: 'high' }, 0.04],
    ['a size', priced, { width: 1536 }, 0.02],
    ['one price for all', flat, { quality: 'high', width: 2048, height: 2048 }, 0.05],
  ] as const)('by %s', (_, model, wish, usd) => {
    expect(imagePriceOf(model, wish)?.usdPerImage).toBe(usd);
  });

  it('is unknown where none is listed, and for a size that the list leaves out', () => {
    expect(imagePriceOf(modelWith({}))).toBeNull();
    expect(imagePriceOf(priced, { width: 512, height: 512 })).toBeNull();
  });
});
