/** Whole days from one day to another, each YYYY-MM-DD; negative where the other is before it. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}
