import { catalog, findHostedModel, imagePriceOf, tokenCostOf } from '../../catalog';
import type { HostedModel } from '../../catalog';

function model(name: string): HostedModel {
  const lookup = findHostedModel(catalog, name);
  if (!lookup.found) throw new Error(lookup.problem);
  return lookup.value;
}

describe('the token price of gpt-5-mini', () => {
  it.each([
    ['GlobalStandard', 'swedencentral', 0.25, 0.025, 2, 'listed'],
    ['DataZoneStandard', 'swedencentral', 0.275, 0.0275, 2.2, 'listed'],
    ['DataZoneStandard', 'eastus2', 0.275, 0.0275, 2.2, 'listed'],
    ['DataZoneStandard', 'japaneast', 0.275, 0.0275, 2.2, 'derived'],
    ['Standard', 'swedencentral', 0.275, 0.0275, 2.2, 'derived'],
    ['GlobalBatch', 'swedencentral', 0.125, 0.125, 1, 'derived'],
    ['DataZoneBatch', 'swedencentral', 0.1375, 0.1375, 1.1, 'derived'],
  ] as const)(
    'under %s in %s is %d, cached %d, output %d, %s',
    (sku, region, input, cachedInput, output, basis) => {
      const cost = tokenCostOf(catalog, model('gpt-5-mini'), sku, region);
      expect(cost).toEqual({ input, cachedInput, output, basis, long: false, asOf: '2026-08-01' });
    },
  );

  it('does not exist for provisioned throughput', () => {
    expect(tokenCostOf(catalog, model('gpt-5-mini'), 'GlobalProvisionedManaged', 'swedencentral')).toBeNull();
  });
});

describe('a token price', () => {
  it('takes a listed batch price over half of the standard one', () => {
    expect(tokenCostOf(catalog, model('gpt-4.1'), 'GlobalBatch', 'swedencentral')).toMatchObject({
      input: 1,
      output: 4,
      basis: 'listed',
    });
  });

  it('charges a cached token like any other where no cache price is listed', () => {
    expect(tokenCostOf(catalog, model('gpt-4o-mini'), 'GlobalStandard', 'eastus2')?.cachedInput).toBe(0.15);
  });

  it.each(['gpt-6-sol', 'Llama-4-Maverick-17B-128E-Instruct-FP8'])('of %s is unknown', name => {
    expect(tokenCostOf(catalog, model(name), 'GlobalStandard', 'swedencentral')).toBeNull();
  });

  it.each(['Cohere-rerank-v4.0-pro', 'model-router'])('of %s is unknown and not the listed zero', name => {
    expect(tokenCostOf(catalog, model(name), 'GlobalStandard', 'swedencentral')).toMatchObject({
      input: null,
      output: null,
    });
  });
});

describe('the token price of a long request', () => {
  const priceAt = (
    name: string,
    tokens: number,
    sku: 'GlobalStandard' | 'DataZoneStandard' = 'GlobalStandard',
  ) => tokenCostOf(catalog, model(name), sku, 'swedencentral', tokens);

  it.each([
    [272_000, false, 2.5, 15],
    [272_001, true, 5, 22.5],
  ])('of gpt-5.4 with %d tokens of input is another one: %s', (tokens, long, input, output) => {
    expect(priceAt('gpt-5.4', tokens)).toMatchObject({ long, input, output });
  });

  it('follows from the global one where a zone lists none, and is listed where it does', () => {
    expect(priceAt('gpt-5.4', 300_000, 'DataZoneStandard')).toMatchObject({
      input: 5.5,
      output: 24.75,
      basis: 'derived',
    });
    expect(priceAt('gpt-5.5', 300_000, 'DataZoneStandard')).toMatchObject({
      input: 11,
      output: 49.5,
      basis: 'listed',
    });
  });

  it('has no cache price of its own', () => {
    expect(priceAt('gpt-5.4', 300_000)?.cachedInput).toBe(5);
  });

  it('is the same as of any other where the list makes no difference', () => {
    expect(priceAt('gpt-4.1', 300_000)).toEqual(priceAt('gpt-4.1', 100));
  });
});

describe('the price of an image', () => {
  it.each([
    ['gpt-image-1-mini', {}, 0.008448],
    ['gpt-image-1-mini', { quality: 'high' }, 0.03328],
    ['gpt-image-1-mini', { width: 1536 }, 0.012544],
    ['FLUX.2-pro', {}, 0.04],
    ['FLUX.2-pro', { quality: 'high', width: 2048, height: 2048 }, 0.04],
  ] as const)('of %s with %j is %d', (name, wish, usd) => {
    expect(imagePriceOf(model(name), wish)?.usdPerImage).toBe(usd);
  });

  it.each(['gpt-image-1.5', 'gpt-image-2', 'FLUX.2-flex'])('of %s is unknown', name => {
    expect(imagePriceOf(model(name))).toBeNull();
  });

  it('is unknown for a size that the price list leaves out', () => {
    expect(imagePriceOf(model('gpt-image-1-mini'), { width: 512, height: 512 })).toBeNull();
  });
});
