import { z } from 'zod';

/** What a move of something deployed has to save: both. */
export const moveWhenSchema = z
  .strictObject({
    savingUsdPerMonth: z
      .number()
      .nonnegative()
      .default(50)
      .describe('Least that it saves, USD a month. Default: 50.'),
    savingPercent: z
      .number()
      .nonnegative()
      .max(100)
      .default(10)
      .describe('Least share that it saves of what the unit costs that is left, percent. Default: 10.'),
  })
  .describe(
    'When something deployed moves that could stay: when that saves this much, and a day of running both. What no longer meets a requirement moves in any case.',
  );
