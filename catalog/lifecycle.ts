import type { HostedModel } from './hosted-model';

/** How long a model version is there, as far as that is known. */
interface Lifecycle {
  readonly stage: NonNullable<HostedModel['lifecycle']['stage']> | 'unknown';
  /** Day from which it answers no more, YYYY-MM-DD; null where none is set. */
  readonly retirementDate: string | null;
  /** Whether no schedule lists it, and it follows from the rules for what is sold. */
  readonly estimated: boolean;
}

/**
 * The stage and the retirement of a model version. One that is sold and that the schedule does not list yet is generally
 * available, because every other stage is labelled, and such a version stays for a year after its launch.
 */
export function lifecycleOf({ lifecycle, regions, version }: HostedModel): Lifecycle {
  const { stage, retirementDate } = lifecycle;
  if (stage !== null) return { stage, retirementDate, estimated: false };
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(version);
  if (!regions || !isDay) return { stage: 'unknown', retirementDate, estimated: false };
  return { stage: 'GA', retirementDate: retirementDate ?? aYearAfter(version), estimated: true };
}

function aYearAfter(day: string): string {
  return new Date(Date.parse(day) + 365 * 86_400_000).toISOString().slice(0, 10);
}
