/** Answers in the form of the Azure Retail Prices API, with the figures of a few meters. */

export interface Item {
  readonly [key: string]: unknown;
}

export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** A Linux meter of one size, on demand unless its names say otherwise. */
export function item(size: string, retailPrice: number, more: Item = {}): Item {
  return {
    currencyCode: 'USD',
    tierMinimumUnits: 0,
    retailPrice,
    unitPrice: retailPrice,
    armRegionName: 'swedencentral',
    location: 'SE Central',
    effectiveStartDate: '2026-03-01T00:00:00Z',
    meterId: '4d1e0b9e-0000-4000-8000-000000000000',
    meterName: size,
    productId: 'DZH318Z0D1L1',
    skuId: 'DZH318Z0D1L1/00B2',
    productName: 'Virtual Machines Dsv5 Series',
    skuName: size,
    serviceName: 'Virtual Machines',
    serviceId: 'DZH313Z7MMC8',
    serviceFamily: 'Compute',
    unitOfMeasure: '1 Hour',
    type: 'Consumption',
    isPrimaryMeterRegion: true,
    armSkuName: `Standard_${size}`,
    ...more,
  };
}

export function spot(size: string, retailPrice: number, more: Item = {}): Item {
  const name = `${size} Spot`;
  return item(size, retailPrice, { skuName: name, meterName: name, ...more });
}

/** A meter of tokens: its `meterName` has the unit behind, a thousand tokens without saying so. */
export function tokens(productName: string, skuName: string, retailPrice: number, more: Item = {}): Item {
  const million = more.unitOfMeasure !== '1K';
  return {
    ...item(skuName, retailPrice),
    effectiveStartDate: '2026-09-01T00:00:00Z',
    meterId: '00bb768d-2a38-547a-aa75-a8b6a3fdf1d6',
    meterName: `${skuName}${million ? ' 1M' : ''} Tokens`,
    productId: 'DZH318Z0T9WD',
    skuId: 'DZH318Z0T9WD/10NM',
    productName,
    serviceName: 'Foundry Models',
    serviceId: 'DZH31600VF1F',
    serviceFamily: 'AI + Machine Learning',
    unitOfMeasure: '1M',
    armSkuName: skuName.replaceAll('.', ''),
    ...more,
  };
}

/** The meters of gpt-6-luna in one scope, as they are listed since 2026-09-01. */
export function gpt6Luna(scope: 'Gl' | 'DZ', factor: number): Item[] {
  const luna = (figure: string, usd: number) => tokens('Azure OpenAI GPT6', `6-luna ${figure} ${scope}`, usd);
  return [
    luna('ShortCo Inp Std', 0.1 * factor),
    luna('ShortCo Cd Inp Std', 0.01 * factor),
    luna('ShortCo Opt Std', 0.5 * factor),
    luna('LongCo Inp Std', 0.2 * factor),
    luna('LongCo Opt Std', 0.75 * factor),
  ];
}

export function page(items: readonly Item[], next: string | null = null, more: Item = {}): Answer {
  return {
    body: {
      BillingCurrency: 'USD',
      CustomerEntityId: 'Default',
      CustomerEntityType: 'Retail',
      Items: items,
      NextPageLink: next,
      Count: items.length,
      ...more,
    },
  };
}

/** What the list holds beside the prices that are wanted: none of these may win. */
export const besides: readonly Item[] = [
  item('D2s_v5', 0.19, { productName: 'Virtual Machines Dsv5 Series Windows' }),
  item('D2s_v5', 0.02, { skuName: 'D2s_v5 Low Priority', meterName: 'D2s_v5 Low Priority' }),
  item('D2s_v5', 0.09, { productName: 'Dsv5 Series Cloud Services' }),
  item('D2s_v5', 0.01, { isPrimaryMeterRegion: false }),
  item('D2s_v5', 0.05, { effectiveStartDate: '2025-01-01T00:00:00Z' }),
  item('D2s_v5', 0.03, { effectiveStartDate: '2027-01-01T00:00:00Z' }),
  item('D2s_v5', 1.02, { unitOfMeasure: '10 Hours' }),
  item('DSv3_Type1', 4.2, { productName: 'DSv3 Dedicated Host', armSkuName: undefined }),
  item('M999unknown', 99),
];
