import type { ActiveHours } from '../config/environment';
import { hoursAMonth, hoursKey } from './hours';
import { hoursPerMonth } from './needs';

/** How a machine is paid: always on, only in some hours, or as long as its cloud can spare it. */
export type Billing =
  | { readonly kind: 'on-demand' }
  | { readonly kind: 'scheduled'; readonly hours: ActiveHours }
  | { readonly kind: 'spot' };

/** What makes units of one size and place two: empty for machines that are always on. */
export function billingKey(billing: Billing): string {
  switch (billing.kind) {
    case 'on-demand':
      return '';
    case 'scheduled':
      return hoursKey(billing.hours);
    case 'spot':
      return 'spot';
  }
}

/** Hours of a month of 730 h for which a machine is paid. */
export function paidHoursOf(billing: Billing): number {
  return billing.kind === 'scheduled' ? hoursAMonth(billing.hours) : hoursPerMonth;
}
