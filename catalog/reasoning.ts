import { z } from 'zod';

/** How long a model thinks, from not at all on; each has some of them. */
export const efforts = ['none', 'minimal', 'low', 'medium', 'high'] as const;
export type Effort = (typeof efforts)[number];

const effort = z.enum(efforts);
const byEffort = <T extends z.ZodType>(value: T) =>
  z.strictObject({ none: value, minimal: value, low: value, medium: value, high: value });

export const reasoningTableSchema = z.strictObject({
  asOf: z.string(),
  sources: z.record(z.string(), z.string()),
  /** Tokens that one everyday request thinks, which nobody sees and which are billed as output. */
  hiddenTokens: byEffort(z.strictObject({ typical: z.number(), most: z.number() })),
  /** What the quality index loses against the effort `high`. */
  indexLoss: byEffort(z.number()),
  models: z.array(
    z.strictObject({
      /** Hosted name or open id. */
      model: z.string(),
      /** Efforts that a caller may ask for, the least first. A single one: it always thinks like this. */
      efforts: z.string().transform(list => z.array(effort).min(1).parse(list.split(' '))),
      /**
       * Effort that its quality index was measured at, or at which its maker says that it is as good as its kin. Absent:
       * without thinking, or not told.
       */
      indexAt: effort.optional(),
    }),
  ),
});

type ReasoningTable = z.output<typeof reasoningTableSchema>;

/** How a model thinks, and what that costs. */
export interface Reasoning {
  /** The least first. */
  readonly efforts: readonly Effort[];
  /** Tokens of one request. */
  readonly hiddenTokens: Readonly<Record<Effort, { readonly typical: number; readonly most: number }>>;
  /** What its quality index loses at each effort. */
  readonly indexLoss: Readonly<Record<Effort, number>>;
}

/** What the index loses against the effort that it holds for; more thinking adds nothing that is known. */
function lossFrom(indexLoss: Reasoning['indexLoss'], at: Effort | undefined): Reasoning['indexLoss'] {
  const least = at === undefined ? Infinity : indexLoss[at];
  const loss = (effort: Effort): number => Math.max(0, Math.round((indexLoss[effort] - least) * 100) / 100);
  return {
    none: loss('none'),
    minimal: loss('minimal'),
    low: loss('low'),
    medium: loss('medium'),
    high: loss('high'),
  };
}

/** Models with how they think, those that do. */
export function withReasoning<T extends object>(
  models: readonly T[],
  nameOf: (model: T) => string,
  table: ReasoningTable,
): (T & { readonly reasoning?: Reasoning })[] {
  const { hiddenTokens, indexLoss } = table;
  return models.map(model => {
    const row = table.models.find(each => each.model === nameOf(model));
    const loss = lossFrom(indexLoss, row?.indexAt);
    return {
      ...model,
      ...(row ? { reasoning: { efforts: row.efforts, hiddenTokens, indexLoss: loss } } : {}),
    };
  });
}
