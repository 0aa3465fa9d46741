import { z } from 'zod';

/** Ids become names in Azure, logical ids and parts of paths. */
export const unitId = z
  .string()
  .max(200)
  .regex(
    /^[a-z0-9]+(-[a-z0-9]+)*$/,
    'lower-case letters, digits and single hyphens between them, at most 200',
  );
