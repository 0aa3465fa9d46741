/** What runs when a command is called. */
export type Run = (action: () => Promise<unknown>) => Promise<void>;

export const today = ['--today <date>', 'day to decide for, YYYY-MM-DD (default: today)'] as const;
export const json = ['--json', 'print the result as JSON, and an error too'] as const;
export const fresh = ['--fresh', 'decide anew: what is deployed counts no more than anything else'] as const;
export const detailed = [
  '--detailed-exitcode',
  'end with 2 when something changed, as terraform plan',
] as const;
