import type { Alternative, Placement, Reason } from '../decision';
import { usd } from '../placement/figures';

/** Rules that say most about why a place was taken, the weightiest first. */
const weight = [
  'pin',
  'own-weights',
  'connectivity',
  'tenancy',
  'operations',
  'residency',
  'languages',
  'quality',
  'latency',
  'kind',
];

/** Most reasons that one line names. */
const named = 2;

/** Why a workload is where it is, in a sentence: the requirements that decided, and where only price did, the price. */
export function whyOf({ reasons }: Placement): string {
  const decisive = reasons
    .filter(({ rule }) => weight.includes(rule))
    .toSorted((a, b) => weight.indexOf(a.rule) - weight.indexOf(b.rule))
    .slice(0, named);
  const shared = reasons.filter(({ rule }) => rule === 'shared');
  return [...decisive, ...shared].map(({ message }: Reason) => message).join('; ');
}

/** What comes next: the cheapest that could be taken, else what somebody could verify, else that nothing can. */
export function nextBestOf({ alternatives, monthlyUsd }: Placement): string {
  const dearer = alternatives.find(({ verdict }) => verdict === 'dearer');
  if (dearer?.monthlyUsd !== undefined && dearer.monthlyUsd !== null) {
    const gap = dearer.monthlyUsd - monthlyUsd;
    return `${dearer.model} (${venueName(dearer)}) ${gap < 0 ? '−' : '+'}${usd(Math.abs(gap))}`;
  }
  const open = alternatives.find(({ verdict }) => verdict === 'unverified');
  return open ? `${open.model} (${venueName(open)}), once verified: ${rulesOf(open)}` : 'nothing else can';
}

function rulesOf({ because }: Alternative): string {
  return [...new Set(because.map(({ rule }) => rule))].join(', ');
}

/** A venue in a word or two. */
export function venueName({ venue, provider }: Pick<Alternative, 'venue' | 'provider'>): string {
  switch (venue) {
    case 'hosted':
      return 'hosted';
    case 'catalog':
      return 'catalogue';
    case 'vm':
      return provider === 'aws' ? 'AWS VM' : 'Azure VM';
    case 'cluster':
      return 'cluster';
    case 'edge':
      return 'edge';
  }
}
