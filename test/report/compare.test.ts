import {
  compareDecisions,
  decide,
  factsOf,
  renderComparison,
  renderComparisonJson,
  renderComparisonMarkdown,
} from '../../config';
import type { Compared, Comparison, Decision, Environment } from '../../config';
import { diffDecisions, renderDiff } from '../../lock/diff';
import { pool } from '../placement/machine-pool';
import { asOf, chat } from '../placement/offers';
import { shop, small, weights } from './small';

const traffic = { requestsPerDay: 1000, inputTokens: 500, outputTokens: 100 };
const first = chat({ name: 'first', quality: { atLeast: 'gpt-5-mini' }, traffic });
/** So little that one machine of the smallest size carries it. */
const seldom = { requestsPerDay: 20, inputTokens: 100, outputTokens: 10 };
const sorter = chat({ name: 'sorter', weights: 'mine', traffic: seldom });

async function side(source: string, environment: Environment): Promise<Compared> {
  return { source, decision: await decide(environment, small, { asOf }), facts: factsOf(environment) };
}

async function compared(before: Environment, after: Environment): Promise<Comparison> {
  return compareDecisions(await side('old.yaml', before), await side('new.yaml', after));
}

const before = shop([first, sorter], { weights });
const after = shop(
  [{ ...first, residency: 'data-zone' }, chat({ name: 'more', weights: 'other', traffic: seldom })],
  {
    weights,
  },
);

describe('a comparison', () => {
  it('says what changed in the config, what moves, why, and what it costs', async () => {
    expect(renderComparison(await compared(before, after))).toBe(
      [
        'old.yaml (test, decided for 2026-11-24) → new.yaml (test, decided for 2026-11-24)',
        '',
        'config:',
        '  workloads.first.residency: "any" → "data-zone"',
        '  workloads.more: new',
        '  workloads.sorter: gone',
        '',
        '~ first: hosted gpt-5-mini (GlobalStandard, swedencentral) → hosted gpt-5-mini (DataZoneStandard, swedencentral), $28.14 → $30.95 a month (+$2.81)',
        '+ more: vm other (Standard_D4as_v6, swedencentral), $142 a month',
        '- sorter: vm mine (Standard_D4as_v6, swedencentral), $142 a month',
        '- unit first',
        '+ unit first',
        '+ unit more-1',
        '- unit sorter-1',
        'total: $170 → $173 a month (+$2.81)',
        '',
        'why it goes there:',
        '  first: processing stays in the EU data zone; at least 0.84 ± 0.15 of gpt-5-mini as it usually thinks in the general index is asked for, and gpt-5-mini has 0.84 ± 0.15, estimated from 1.04 with more thinking, less 0.2 at effort medium',
        '  more: it runs on the weights other',
        '',
        'what a deploy would destroy, replace and restart, and whose address it would change: berth preview test',
        '',
      ].join('\n'),
    );
  });

  it('is a table in Markdown', async () => {
    const lines = renderComparisonMarkdown(await compared(before, after)).split('\n');
    expect(lines[0]).toBe('**test: $170 → $173 a month (+$2.81)**');
    expect(lines).toContain(
      '| first | gpt-5-mini (hosted: GlobalStandard, swedencentral) | gpt-5-mini (hosted: DataZoneStandard, swedencentral) | $28.14 → $30.95 (+$2.81) |',
    );
    expect(lines).toContain('- workloads.sorter: gone');
    expect(lines).toContain(
      'what a deploy would destroy, replace and restart, and whose address it would change: berth preview test',
    );
  });

  it('has all of it in JSON', async () => {
    const json = JSON.parse(renderComparisonJson(await compared(before, after))) as Record<string, unknown>;
    const keys = ['before', 'after', 'changeUsd', 'config', 'placements', 'units', 'addresses'];
    expect(Object.keys(json)).toEqual(keys);
    expect(json.before).toEqual({ source: 'old.yaml', environment: 'test', asOf, monthlyUsd: 169.76 });
  });

  it('names whose callers get another address, and nobody where machines hand theirs on', () => {
    const on = (id: string): Decision =>
      ({
        units: [{ ...pool, id }],
        placements: [{ ...pool, workload: 'law', unit: id }],
        monthlyUsd: 1,
      }) as unknown as Decision;
    const moved = diffDecisions(on('law-1'), on('law-2'));
    expect(moved.addresses).toEqual(['law']);
    expect(renderDiff(moved)).toContain('\nanother address for the callers of law\n');
    const handedOn = diffDecisions(on('law-1'), on('law-2'), [undefined, { 'law-2': 'law-1' }]);
    expect([handedOn.addresses, handedOn.placements.length]).toEqual([[], 1]);
    expect(renderDiff(handedOn)).not.toContain('address');
  });

  it('says that nothing differs', async () => {
    const text = renderComparison(await compared(before, before));
    expect(text).toContain('config: no difference that a placement depends on');
    expect(text).toContain('no difference in placement or cost');
    expect(text).not.toContain('berth preview');
    expect(renderComparisonMarkdown(await compared(before, before))).toContain(
      'No difference in placement or cost.',
    );
  });
});
