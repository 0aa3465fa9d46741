import { isBatchSku, lifecycleOf } from '../catalog';
import type { Workload } from '../config/environment';
import type { Candidate } from './candidate';
import type { Reason } from './decision';
import { candidateOf, compareCandidates } from './evaluate';
import { usd } from './figures';
import type { Market } from './market';

/** Rules of what Azure still sells and how much of it, which say why a batch that would do is not had. */
const ofSupply = ['lifecycle', 'retirement', 'quota'];

/** Why a workload that may wait a day is not a batch, which a reader expects it to be. */
export function waitingReasons(workload: Workload, sku: string, market: Market): Reason[] {
  if (!workload.traffic.deferrable || isBatchSku(sku)) return [];
  const { setting } = market;
  const [nearest] = market
    .judged(workload)
    .flatMap(({ ranked }) => ranked)
    .filter(({ offer }) => isBatchSku(offer.sku ?? '') && !isRetired(offer, setting.asOf))
    .map(({ offer }) => candidateOf(offer, workload, setting))
    .filter(wouldDo)
    .toSorted((a, b) => compareCandidates(a, b, workload, setting));
  const message = nearest
    ? `it may wait a day, but ${batchText(nearest)}`
    : 'it may wait a day, but no batch deployment that is sold here would do';
  return [{ rule: 'waits', message }];
}

function isRetired({ class: { hosted } }: Candidate['offer'], asOf: string): boolean {
  return hosted !== undefined && (lifecycleOf(hosted).retirementDate ?? '9999') <= asOf;
}

function wouldDo({ verdicts }: Candidate): boolean {
  return verdicts.every(({ verdict, rule }) => verdict === 'pass' || ofSupply.includes(rule));
}

function batchText({ offer, size, verdicts, feasible }: Candidate): string {
  const place = `${offer.model} as ${offer.sku ?? ''}`;
  const cost = size.monthlyUsd === null ? 'at an unknown price' : `at ${usd(size.monthlyUsd)}`;
  if (feasible) return `the cheapest batch deployment, ${place} ${cost}, costs more`;
  const missing = verdicts.find(({ verdict }) => verdict !== 'pass');
  return `no batch deployment serves it: of ${place}, ${cost}, ${missing?.message ?? 'nothing more is known'}`;
}
