/** Ways to pay less for what always runs, by promising to pay for a term. */
export const commitments = [
  'reservation-1-month',
  'reservation-1-year',
  'reservation-3-years',
  'savings-plan-1-year',
  'savings-plan-3-years',
] as const;
export type Commitment = (typeof commitments)[number];

/** Months of the term of a commitment. */
export const termMonths: Readonly<Record<Commitment, number>> = {
  'reservation-1-month': 1,
  'reservation-1-year': 12,
  'reservation-3-years': 36,
  'savings-plan-1-year': 12,
  'savings-plan-3-years': 36,
};
