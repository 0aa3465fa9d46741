import { createHash } from 'node:crypto';
import { renderReport } from '../../config';
import type { Explanation } from '../../config';
import { chat } from '../placement/offers';
import { explained, shop, weights } from './small';

const description = `<script>alert("x")</script> & 'quotes'`;
const many = { requestsPerDay: 100_000, inputTokens: 300, outputTokens: 5 };
const own = { requestsPerDay: 200, inputTokens: 500, outputTokens: 100 };
const environment = shop(
  [
    chat({ name: 'answers', description, quality: { atLeast: 'gpt-5-mini' }, traffic: many }),
    chat({ name: 'first', weights: 'mine', traffic: own }),
    chat({ name: 'second', weights: 'other', traffic: own }),
    chat({ name: 'idle', traffic: { ...own, requestsPerDay: 0 } }),
  ],
  { weights },
);

let explanation: Explanation;
let page: string;
beforeAll(async () => {
  explanation = await explained(environment, { curves: true });
  page = renderReport(explanation);
});

/** Names of elements in the order in which they end; throws where one ends that is not the innermost open one. */
function elementsOf(text: string): string[] {
  const open: string[] = [];
  const ended: string[] = [];
  const body = text.replace('<!DOCTYPE html>', '').replace(/<style>[^<]*<\/style>/, '');
  for (const [, end, name = '', self] of body.matchAll(
    /<(\/?)([a-z0-9]+)(?: [a-zA-Z0-9:-]+="[^"<>]*")*( \/)?>/g,
  )) {
    if (end && open.pop() !== name) throw new Error(`${name} ends inside another element`);
    if (!end && !self) open.push(name);
    if (end || self) ended.push(name);
  }
  if (open.length > 0) throw new Error(`${open.join(', ')} never end`);
  return ended;
}

function plotIn(text: string): string {
  return /<svg class="plot"[^]*?<\/svg>/.exec(text)?.[0] ?? '';
}

describe('the page', () => {
  it('is well-formed, and every angle bracket in it belongs to an element', () => {
    const elements = elementsOf(page);
    const brackets = page.match(/</g)?.length ?? 0;
    const selfClosed = page.match(/ \/>/g)?.length ?? 0;
    // The document type, and a start and an end of each element; the style sheet holds none.
    expect(brackets).toBe(1 + 2 * (elements.length + 1) - selfClosed);
  });

  it('has its headings and a section for every workload', () => {
    const headings = [...page.matchAll(/<h([123])[^>]*>([^<]*)</g)].map(
      ([, level, text]) => `${level} ${text}`,
    );
    expect(headings).toEqual([
      '1 test: where each workload goes',
      '2 Placement',
      '2 Cost',
      '2 Workloads',
      '3 answers',
      '3 first',
      '3 idle',
      '3 second',
    ]);
  });

  it('loads nothing and runs nothing, and its policy says so', () => {
    expect(page).not.toMatch(/https?:|<script|<img|<link|<iframe|@import|url\(|\son[a-z]+=|\sstyle=/);
    const style = /<style>([^]*)<\/style>/.exec(page)?.[1] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');
    expect(page).toContain(
      `content="default-src &#39;none&#39;; style-src &#39;sha256-${hash}&#39;; base-uri &#39;none&#39;; form-action &#39;none&#39;"`,
    );
  });

  it('shows what a person wrote as it is', () => {
    expect(page).toContain('&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; &#39;quotes&#39;');
  });

  it('draws each workload with a line to what serves it, for both widths of screen', () => {
    expect(page.match(/<path class="link /g)).toHaveLength(2 * explanation.placements.length);
    expect(page).toContain('first, second on mine + other (Azure VM, swedencentral)');
  });

  it('says how far the cost is proven', () => {
    expect(page).toContain('No placement of all workloads together costs less: proven.');
  });

  it('plots cost against traffic with a line for each venue, today and the break-evens', async () => {
    const focused = chat({ scope: 'focused', quality: { index: -1.5 }, traffic: many });
    const plot = plotIn(renderReport(await explained(shop([focused]), { curves: true })));
    expect([...plot.matchAll(/<g class="line ([a-z-]+)">/g)].map(([, venue]) => venue)).toEqual([
      'hosted-azure',
      'catalog-azure',
      'vm-azure',
    ]);
    expect(plot).toContain('>today $259<');
    expect(plot).toContain('>×1.58<');
  });

  it('says of a shared unit what the whole costs, and plots what the workload adds', () => {
    const section = /<section class="workload" id="first"[^]*?<\/section>/.exec(page)?.[0] ?? '';
    expect(section).toContain('for the whole unit; without it the bill would be $0.00 less.');
    expect(plotIn(section)).toContain('>adds, USD a month<');
    expect(plotIn(section)).toContain('>$0<');
  });

  it('says that a workload without traffic has no plot', () => {
    expect(page.match(/<svg class="plot"/g)).toHaveLength(3);
    expect(page).toContain('It has no traffic, so there is no cost to plot against it.');
  });

  it('has pictures with titles, and tables whose cells keep their headers on a phone', () => {
    const pictures = [...page.matchAll(/role="img" aria-labelledby="([\w-]+) ([\w-]+)"/g)];
    expect(pictures).toHaveLength(5);
    for (const [, title, text] of pictures) {
      expect(page).toContain(`<title id="${title}">`);
      expect(page).toContain(`<desc id="${text}">`);
    }
    expect(page.match(/<table class="stack" role="table"><caption>/g)).toHaveLength(6);
    expect(page).not.toMatch(/<td role="cell"(?![^>]*data-label)/);
  });

  it('never uses an id twice', () => {
    const ids = [...page.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
