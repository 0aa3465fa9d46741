import { z } from 'zod';
import { deploymentSkus, hostedModelSchema, tokenPriceSchema } from './hosted-model';
import type { HostedModel } from './hosted-model';
import { endpointModelSchema, managedComputeSchema, openModelSchema } from './open-model';
import type { OpenModel } from './open-model';

const { lifecycle, provisioned, contextTokens, maxInputTokens, maxOutputTokens } = hostedModelSchema.shape;
const stated = <T extends z.ZodType>(schema: z.ZodNullable<T>) => schema.unwrap().optional();
const priceSchema = tokenPriceSchema
  .omit({ source: true, asOf: true, promotion: true, otherUnits: true })
  .partial();
const quotaSchema = z.strictObject({
  tokensPerMinute: z
    .number()
    .nonnegative()
    .optional()
    .describe('Input and output tokens a minute, per region.'),
  requestsPerMinute: z.number().nonnegative().optional().describe('Requests a minute, per region.'),
});

/** Facts of a hosted model that anybody may state. */
const hostedFacts = {
  contextTokens: stated(contextTokens).describe('Input and output of one request together, in tokens.'),
  maxInputTokens: stated(maxInputTokens).describe('Longest input, in tokens.'),
  maxOutputTokens: stated(maxOutputTokens).describe('Longest answer, in tokens.'),
  languages: z.array(z.string()).min(1).optional().describe('All that its maker lists, as BCP 47 tags.'),
  lifecycle: lifecycle
    .extend({
      stage: lifecycle.shape.stage.unwrap().describe("Stage in Azure's retirement schedule."),
      retirementDate: lifecycle.shape.retirementDate
        .unwrap()
        .describe('Last day that it serves, YYYY-MM-DD.'),
      replacement: lifecycle.shape.replacement.unwrap().describe('Model that its publisher names instead.'),
    })
    .partial()
    .optional()
    .describe('Stage, last day (YYYY-MM-DD) and successor, of which each may be left out.'),
  regions: z
    .partialRecord(z.enum(deploymentSkus), z.array(z.string()))
    .optional()
    .describe('All regions that sell it, by deployment SKU; SKUs that are left out stay as they are.'),
  quota: z
    .partialRecord(z.enum(deploymentSkus), quotaSchema)
    .optional()
    .describe('Default quota of every subscription, by deployment SKU. Your own is in azure.quotas.'),
  provisioned: stated(provisioned).describe('Sizing of provisioned throughput units, whole.'),
  access: z
    .enum(['application', 'open'])
    .optional()
    .describe('Whether Azure wants an approved application before the first deployment.'),
  prices: z
    .strictObject({
      global: priceSchema.optional().describe('Of global deployments.'),
      dataZoneEu: priceSchema.optional().describe('Of deployments in the EU data zone.'),
      dataZoneUs: priceSchema.optional().describe('Of deployments in the US data zone.'),
      regional: z
        .record(z.string(), priceSchema)
        .optional()
        .describe('Of regional deployments, by Azure region.'),
    })
    .optional()
    .describe('USD for a million tokens, by scope; figures that are left out stay as they are.'),
};

/** Facts of an open model that anybody may state. */
const openFacts = {
  contextTokens: hostedFacts.contextTokens,
  languages: hostedFacts.languages,
  license: z.string().min(1).optional().describe('As licences of an environment name it.'),
  pooling: openModelSchema.shape.pooling.describe('How an embedding model makes one vector of many.'),
  endpoint: endpointModelSchema
    .optional()
    .describe(
      'The model on a managed online endpoint: its id in a registry or workspace, the instance types that may run it, and whether its container speaks the OpenAI API (openai) or its own format (score).',
    ),
  managedCompute: managedComputeSchema
    .optional()
    .describe(
      'The model on Foundry managed compute: its id in the registry, and each template that runs it, with what the template runs on; as the page of the model says.',
    ),
};

/** Keys that say what a fact is of. */
const ofWhat = ['model', 'version', 'by', 'asOf'] as const;

/** What is published of a model and no table here has: the one way to state any of it. */
export const statedFactSchema = z
  .strictObject({
    model: z.string().describe('Hosted or open model of the catalogue.'),
    version: z.string().optional().describe('Of a hosted model. Default: every version.'),
    by: z.string().min(1).describe('Who says it, and where: a page, a portal, a contract.'),
    asOf: z.iso
      .date('a day as YYYY-MM-DD')
      .optional()
      .describe('Day that it was read; of prices. Default: that of the table.'),
    ...hostedFacts,
    ...openFacts,
  })
  .describe('Published facts of a model, which count instead of those of the catalogue.');

/** Facts of one model, and who says them. */
export type StatedFact = Readonly<z.output<typeof statedFactSchema>>;

/** Facts that are stated. */
export function keysOf(fact: StatedFact): string[] {
  return Object.entries(fact).flatMap(([key, value]) =>
    value === undefined || ofWhat.some(each => each === key) ? [] : key,
  );
}

/** Those that a model has none of. */
export function foreignKeysOf(fact: StatedFact, isHosted: boolean, isOpen: boolean): string[] {
  const known = [...(isHosted ? Object.keys(hostedFacts) : []), ...(isOpen ? Object.keys(openFacts) : [])];
  return keysOf(fact).filter(key => !known.includes(key));
}

/** The catalogue with these facts instead of its own; of two that say the same key, the last counts. */
export function withFacts<
  C extends { readonly hostedModels: readonly HostedModel[]; readonly openModels: readonly OpenModel[] },
>(catalog: C, facts: readonly StatedFact[]): C {
  if (facts.length === 0) return catalog;
  return {
    ...catalog,
    hostedModels: catalog.hostedModels.map(model =>
      facts
        .filter(fact => fact.model === model.name && (fact.version ?? model.version) === model.version)
        .reduce(withHosted, model),
    ),
    openModels: catalog.openModels.map(model =>
      facts.filter(fact => fact.model === model.id).reduce(withOpen, model),
    ),
  };
}

function withHosted(model: HostedModel, fact: StatedFact): HostedModel {
  const { lifecycle: life, regions, quota, prices, access, by, asOf } = fact;
  return {
    ...model,
    ...given(fact, ['contextTokens', 'maxInputTokens', 'maxOutputTokens', 'languages', 'provisioned']),
    ...(life ? { lifecycle: { ...model.lifecycle, ...life } } : {}),
    ...(regions ? { regions: { ...model.regions, ...regions } } : {}),
    ...(quota ? { quota: { ...model.quota, ...withUnknown(quota) } } : {}),
    ...(access ? { access: access === 'open' ? null : access } : {}),
    ...(prices ? { prices: withPriced(model.prices, prices, { source: by, asOf }) } : {}),
  };
}

function withOpen(model: OpenModel, fact: StatedFact): OpenModel {
  const { managedCompute, endpoint, by } = fact;
  return {
    ...model,
    ...given(fact, ['contextTokens', 'languages', 'license', 'pooling']),
    ...(endpoint ? { azureMl: { ...endpoint, archived: false, minimum: null, serverless: null } } : {}),
    ...(managedCompute ? { managedCompute: { ...managedCompute, source: by } } : {}),
  };
}

/** Of the keys, those that are stated. */
function given<K extends keyof StatedFact>(
  fact: StatedFact,
  keys: readonly K[],
): { [P in K]?: NonNullable<StatedFact[P]> } {
  return Object.fromEntries(keys.flatMap(key => (fact[key] === undefined ? [] : [[key, fact[key]]]))) as {
    [P in K]?: NonNullable<StatedFact[P]>;
  };
}

function withUnknown(quota: NonNullable<StatedFact['quota']>): NonNullable<HostedModel['quota']> {
  return Object.fromEntries(
    Object.entries(quota).map(([sku, { tokensPerMinute = null, requestsPerMinute = null }]) => [
      sku,
      { tokensPerMinute, requestsPerMinute },
    ]),
  );
}

type Prices = HostedModel['prices'];
type Price = NonNullable<Prices['global']>;

/** @param read where, and on which day */
function withPriced(
  known: Prices,
  { regional, ...scopes }: NonNullable<StatedFact['prices']>,
  read: { readonly source: string; readonly asOf: string | undefined },
): Prices {
  const priced = (old: Price | undefined, price: object): Price => {
    const before = { ...(old ?? { input: null, cachedInput: null, output: null }), promotion: undefined };
    return { ...before, ...price, source: read.source, ...(read.asOf ? { asOf: read.asOf } : {}) };
  };
  const ofScopes = Object.entries(scopes).map(([scope, price]) => [
    scope,
    priced(known[scope as keyof typeof scopes], price ?? {}),
  ]);
  const ofRegions = Object.entries(regional ?? {}).map(([region, price]) => [
    region,
    priced(known.regional?.[region], price),
  ]);
  return {
    ...known,
    ...Object.fromEntries(ofScopes),
    ...(regional ? { regional: { ...known.regional, ...Object.fromEntries(ofRegions) } } : {}),
  };
}
