import { z } from 'zod';

export const rolloutSchema = z
  .strictObject({
    canary: z.int().min(1).max(100).default(1).describe('Devices of the first wave; none of them may fail.'),
    wave: z.int().min(1).max(1000).default(10).describe('Devices of each further wave.'),
    failures: z
      .int()
      .min(0)
      .max(10_000)
      .default(1)
      .describe('Devices that may fail; when more have, no further wave begins.'),
  })
  .describe(
    'How berth deploy changes several devices: in waves. Devices that are offline are left out, and named.',
  );
