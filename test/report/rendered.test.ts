import {
  compareDecisions,
  comparisonWithin,
  markdownWithin,
  renderJson,
  renderMarkdown,
  renderTable,
} from '../../config';
import type { Compared, Explanation } from '../../config';
import { chat } from '../placement/offers';
import { explained, shop } from './small';

const description = '<script>alert("x")</script> | @team [a](https://example.com) #1 `code` *bold*';
const many = { requestsPerDay: 100_000, inputTokens: 300, outputTokens: 5 };
const seldom = { requestsPerDay: 1000, inputTokens: 50, outputTokens: 50 };
const environment = shop(
  [
    chat({ name: 'answers', description, scope: 'focused', quality: { index: -1.5 }, traffic: many }),
    chat({
      name: 'notes',
      languages: ['sv'],
      quality: { atLeast: 'gpt-5-mini' },
      residency: 'data-zone',
      traffic: seldom,
    }),
    chat({
      name: 'sorter',
      languages: ['sv'],
      residency: 'data-zone',
      traffic: { ...seldom, requestsPerDay: 0 },
    }),
  ],
  { evidence: 'verified', verified: [{ model: 'gpt-5-mini', by: 'us', languages: ['sv'], quality: 1.3 }] },
);

let explanation: Explanation;
beforeAll(async () => {
  explanation = await explained(environment);
});

/** The lines of one workload in the table. */
function linesOf(workload: string): string[] {
  const lines = renderTable(explanation).split('\n');
  const start = lines.findIndex(line => line.startsWith(workload));
  return lines.slice(start, start + lines.slice(start).findIndex(line => line.startsWith('─')));
}

describe('the table', () => {
  it('fits 100 columns, and is plain without colour', () => {
    const lines = renderTable(explanation).split('\n');
    expect(lines.filter(line => line.length > 100)).toEqual([]);
    // eslint-disable-next-line no-control-regex -- colours are what must not be there
    expect(lines.filter(line => /\u001b/.test(line))).toEqual([]);
    expect(renderTable(explanation, { colour: true })).toContain('\u001b[1m');
  });

  it('says of a workload where it goes, why, what comes next and how traffic changes it', () => {
    const lines = linesOf('answers');
    expect(lines.slice(0, 5)).toEqual([
      'answers               hosted: GlobalStandard, swedencentral    gpt-5-mini                       $259',
      '  why         at least -1.5 in the language index is asked for, and gpt-5-mini has 1.3, us; the',
      '              cheapest of 4 models and venues that meet every requirement',
      '  next best   the same model as DataZoneStandard, shared with notes, sorter, $25.86 more',
      expect.stringMatching(
        /^ {2}break-even {2}above ×1\.58 \(158,000 requests a day\) qwen3-\S+ \(Azure VM: 1 × NC4as_T4_v3\) at \$407$/,
      ),
    ]);
    // How many machines ten times the traffic needs is for the tests of sizing to say.
    expect(lines.slice(5)).toEqual([
      '              costs less than $408 here',
      expect.stringMatching(
        /^ {2}traffic {5}×0\.1 stays, \$25\.85; ×10 goes to qwen3-\S+ \(Azure VM: \d × NC4as_T4_v3\), \$[\d,]+$/,
      ),
    ]);
  });

  it('says what nobody verified, and what would', () => {
    expect(linesOf('notes').slice(-4, -2)).toEqual([
      '              that you found good enough, in verified[] of gpt-5.1 and your own measurement, in',
      '              verified[] or weights of gpt-5.1',
    ]);
  });

  it('says that without traffic there is nothing to multiply', () => {
    expect(linesOf('sorter').slice(-2)).toEqual([
      '  break-even  none: it has no traffic',
      '  traffic     none to multiply',
    ]);
  });

  it('says what the money leaves out, and what the rest takes for granted', () => {
    const text = renderTable(explanation).replace(/\s+/g, ' ');
    expect(text).toContain(
      'It does not include disks, egress, private endpoints, NAT or firewall, logs, key vaults, taxes or discounts.',
    );
    expect(text).toContain(
      'only the requests of this one workload change, and all other workloads keep their place and traffic',
    );
  });
});

describe('the JSON', () => {
  const keysOf = (value: object): string[] => Object.keys(value);

  it('has every key that was promised, in its place', () => {
    const json = JSON.parse(renderJson(explanation)) as Explanation;
    expect(keysOf(json)).toEqual(
      expect.arrayContaining(['environment', 'asOf', 'monthlyUsd', 'units', 'placements']),
    );
    expect(keysOf(json.units[0] ?? {})).toEqual(
      expect.arrayContaining('id venue provider model version sku count location monthlyUsd'.split(' ')),
    );
    const [placement] = json.placements;
    expect(keysOf(placement ?? {})).toEqual(
      expect.arrayContaining('workload unit venue model monthlyUsd reasons alternatives'.split(' ')),
    );
    for (const alternative of placement?.alternatives ?? []) {
      expect(keysOf(alternative)).toEqual(
        expect.arrayContaining('venue provider model sku monthlyUsd verdict because'.split(' ')),
      );
    }
  });

  it('has runner-up, break-even and the answers at other traffic', () => {
    const { placements } = JSON.parse(renderJson(explanation)) as {
      placements: {
        runnerUp: { gapUsd: number };
        breakEven: { up: { cause: string; to: { venue: string } } };
        traffic: { factor: number; moves: boolean }[];
      }[];
    };
    expect(placements[0]?.runnerUp.gapUsd).toBe(25.86);
    expect(placements[0]?.breakEven.up).toMatchObject({ cause: 'cost', to: { venue: 'vm' } });
    expect(placements[0]?.traffic.map(({ factor, moves }) => [factor, moves])).toEqual([
      [0.1, false],
      [1, false],
      [10, true],
    ]);
  });
});

describe('the Markdown', () => {
  it('has a row a workload, the total and the reasons to be opened', () => {
    const lines = renderMarkdown(explanation).split('\n');
    expect(lines).toContainEqual(
      expect.stringMatching(
        /^\| answers \| hosted: GlobalStandard, swedencentral \| gpt-5-mini \| \$259 \| \$25\.85 \| \$259 \| \$[\d,]+ \| above ×1\.58 \|$/,
      ),
    );
    expect(lines.filter(line => line.startsWith('| **total** |'))).toHaveLength(1);
    expect(lines.filter(line => line.startsWith('<details><summary>'))).toHaveLength(3);
    expect(lines.filter(line => line === '</details>')).toHaveLength(3);
  });

  it('begins with whether it can be deployed, the budget, what it rests on, and what is open', () => {
    const verdictOf = (of: Explanation) =>
      renderMarkdown(of)
        .split('\n')
        .filter(line => line.startsWith('- ') && !line.startsWith('- why'))
        .slice(0, 5);
    expect(verdictOf(explanation)).toEqual([
      '- Ready: it can be deployed as it is',
      '- Budget: $262 a month, and none is stated',
      '- Evidence: all that is asked for is stated or measured',
      '- Cheaper: nothing that only lacks evidence',
      '- Warnings: none',
    ]);
    const [first, ...others] = explanation.placements;
    if (!first) throw new Error('nothing is placed');
    const lacks = [{ how: 'arrange', key: 'engines', line: '- { arch: amd64 }' }] as const;
    const place = { venue: 'vm', provider: 'azure', model: 'phi-4', sku: 'Standard_NC4as_T4_v3' } as const;
    const cheap = { ...place, place: 'the azure machine', monthlyUsd: 9, savesUsd: 250, lacks };
    const guess = { rule: 'quality', message: 'about', estimated: true } as const;
    const open: Explanation = {
      ...explanation,
      budgetUsd: 524,
      placements: [{ ...first, reasons: [guess], onlyLacks: cheap }, ...others],
      toState: [{ ...lacks[0], workloads: [first.workload] }],
      warnings: [{ subject: 'sorter', rule: 'slow', message: 'it takes its time' }],
    };
    expect(verdictOf(open)).toEqual([
      '- Ready: not before 1 line is stated, below',
      '- Budget: $262 a month of $524, 50 %',
      '- Evidence: 1 of 3 placements rest on estimates or on floors that Berth takes: answers (quality)',
      '- Cheaper: answers by $250, each alone, where the team can state what is not known',
      '- Warnings: 1, below',
    ]);
  });

  it('shows what a person wrote as it is, and makes no element, link, cell or mention of it', () => {
    expect(renderMarkdown(explanation)).toContain(
      '&lt;script&gt;alert("x")&lt;/script&gt; \\| @\u200bteam \\[a\\](https&#58;//example.com) #\u200b1 \\`code\\` \\*bold\\*',
    );
  });

  it('says how far the cost is proven', () => {
    const optimality = { status: 'node-limit', boundUsd: 250, gap: 0.0345, reproducible: false } as const;
    expect(renderMarkdown(explanation)).toContain('costs less: proven.');
    expect(renderMarkdown({ ...explanation, optimality })).toContain(
      'costs less than $250, which is 3.45 % below',
    );
    const nearly = { status: 'optimal', boundUsd: 250, gap: 0.0000485, reproducible: true } as const;
    expect(renderMarkdown({ ...explanation, optimality: nearly })).toContain(
      'Proven optimal to 0.01 %: no placement costs less than $250, which is 0.0049 % below',
    );
  });

  it('says that the clock had a say, also in which of several equally cheap places are chosen', () => {
    const optimality = { status: 'optimal', boundUsd: 250, gap: 0, reproducible: false } as const;
    expect(renderMarkdown(explanation)).not.toContain('The clock');
    expect(renderMarkdown({ ...explanation, optimality })).toContain(
      'costs less: proven. The clock stopped the search, so that another run may answer otherwise.',
    );
  });

  it('of 1,000 workloads fits a comment: the dearest are kept, and the rest is counted and told', () => {
    const [placement] = explanation.placements;
    if (!placement) throw new Error('nothing was placed');
    const placements = Array.from({ length: 1000 }, (_, i) => ({
      ...placement,
      workload: `answers-${i}`,
      monthlyUsd: i,
    }));
    const warnings = placements.map(({ workload }) => ({
      rule: 'spot',
      subject: workload,
      message: 'x'.repeat(200),
    }));
    const { text, rest = '' } = markdownWithin(
      { ...explanation, placements, warnings },
      { restFile: 'rest.md' },
    );
    expect(text.length).toBeGreaterThan(55_000);
    expect(text.length).toBeLessThan(60_000);
    const count = (page: string, line: RegExp): number => page.match(line)?.length ?? 0;
    const lines = {
      row: /^\| answers-.* \|$/gm,
      warning: /^> warning: /gm,
      'detailed reason': /^<details>/gm,
    };
    const left = Object.entries(lines).map(([what, line]) => {
      expect(count(text, line) + count(rest, line)).toBe(1000);
      return `${count(rest, line)} ${what}s`;
    });
    expect(text).toMatch(new RegExp(`\nLeft out: ${left.join(', ')}; the rest is in rest\\.md\\.\n$`));
    expect(text).toMatch(/^\| answers-999 .*\n\| answers-998 /m);
    expect(text).not.toContain('| answers-0 |');
    for (const page of [text, rest]) {
      expect(count(page, /<details>/g)).toBe(count(page, /<\/details>/g));
      expect(page).toMatch(/^\*\*test: /);
    }
  });

  it('of a comparison of 1,000 workloads fits a comment too', () => {
    const [placement] = explanation.placements;
    if (!placement) throw new Error('nothing was placed');
    const placements = Array.from({ length: 1000 }, (_, i) => ({ ...placement, workload: `answers-${i}` }));
    const of = (all: Explanation['placements']): Compared => ({
      source: 'a.yaml',
      decision: { ...explanation, placements: all },
      facts: { environment: {}, workloads: Object.fromEntries(all.map(({ workload }) => [workload, {}])) },
    });
    const { text, rest = '' } = comparisonWithin(compareDecisions(of([]), of(placements)));
    expect(text.length).toBeLessThan(60_000);
    const rows = [text, rest].map(page => page.match(/^\| answers-/gm)?.length ?? 0);
    expect(rows).toEqual([expect.any(Number), 1000 - (rows[0] ?? 0)]);
    expect(text).toContain(`Left out: ${rows[1]} rows, `);
    expect(text).toMatch(/; `berth explain --diff` prints all of it\.\n$/);
  });

  it('that fits has no rest', () => {
    expect(markdownWithin(explanation)).toEqual({ text: renderMarkdown(explanation) });
  });
});
