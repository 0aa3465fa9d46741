import type { Venue } from '../../config';

/** What an experienced engineer expects of one workload. */
interface ExpectedPlace {
  readonly venue: Venue;
  /** What the SKU has to match. */
  readonly sku?: RegExp;
  /** Billions of parameters of open weights, at least and at most. */
  readonly billions?: readonly [least: number, most: number];
  /** Its share, USD a month, at least and at most. */
  readonly usd: readonly [least: number, most: number];
}

export interface ExpectedAnswer {
  readonly trade: string;
  /** By workload. Empty where nothing may be placed. */
  readonly places: Readonly<Record<string, ExpectedPlace>>;
  /** USD a month, at least and at most; undefined where nothing may be placed. */
  readonly total?: readonly [least: number, most: number];
  /** What the table, or the error, must say: by what it is about. */
  readonly said: Readonly<Record<string, RegExp>>;
}

/**
 * Brackets from arithmetic by hand. A month has 30.42 days. A bracket spans from the cheapest model that could do to
 * about three times the one that is likely, because a list price moves and a better model may be worth it; what it
 * excludes is another order of magnitude. Token prices are USD for a million, input/output.
 */
export const expected: Readonly<Record<string, ExpectedAnswer>> = {
  // tagging: 4000 × 30.42 × 300 = 36.5 M in, 0.6 M out; at 0.05/0.40: 1.8 + 0.2 = 2.1
  // drafts: 45,630 × 800 = 36.5 M in, 11.4 M out; at 0.05/0.40: 1.8 + 4.6 = 6.4, with as many hidden tokens 11
  // search: 30,000 × 30.42 × 200 = 182.5 M at 0.02 = 3.65
  saas: {
    trade: 'a start-up',
    places: {
      'ticket-tagging': { venue: 'hosted', sku: /Standard$/, usd: [1, 8] },
      'email-drafts': { venue: 'hosted', sku: /Standard$/, usd: [3, 30] },
      'doc-search': { venue: 'hosted', sku: /Standard$/, usd: [3, 5] },
    },
    total: [8, 40],
    said: {
      'the languages of the drafts': /en.*de.*fr/s,
      'that they are estimated': /de.*estimated/s,
      'the floor': /no quality is stated/,
    },
  },
  // copilot: 1.22 M requests: 1,521 M fresh, 1,521 M cached, 487 M out; at 0.275/0.0275/2.2: 418 + 42 + 1,071 = 1,531;
  //   at 1.375/0.1375/11: 2,091 + 209 + 5,354 = 7,654; of October 2026, at 0.12 (0.15 into the cache)/0.012/0.6, with as
  //   many hidden tokens: 228 + 18 + 511 = 757
  // extraction: a peak of 25,000 ÷ 86,400 × 3 = 0.87 requests a second of 3,000 + 250 tokens, 2,600 prompt tokens a
  //   second: one or two data-centre GPUs of about 2,700 a month, or a few smaller ones of 400 to 1,600
  // notes: 300,000 ÷ 86,400 × 3 = 10.4 a second of 400 tokens: 4,170 prompt tokens a second, on the same or as many
  // search: 150,000 × 30.42 × 300 = 1,369 M at 0.022 to 0.143 = 30 to 196
  // night: 1.825 M × 6,000 = 10,950 M in, 730 M out; in batches at 0.0275/0.22: 301 + 161 = 462; at 0.1375/1.1: 2,309.
  //   The batch table of August 2026 lists none but deprecated models in the EU data zone, gpt-4o-mini at 0.0825/0.33 for
  //   1,144 among them; so an engineer takes the small model at once, at 0.055/0.44: 602 + 321 = 923, and hears why
  bank: {
    trade: 'a bank',
    places: {
      'advisor-copilot': { venue: 'hosted', sku: /^DataZone/, usd: [500, 9000] },
      'kyc-extraction': { venue: 'vm', billions: [3, 36], usd: [200, 6000] },
      'fraud-notes': { venue: 'vm', billions: [3, 36], usd: [200, 6000] },
      'policy-search': { venue: 'hosted', sku: /^Standard$/, usd: [20, 250] },
      'night-summaries': { venue: 'hosted', sku: /^DataZone(Batch|Standard)$/, usd: [200, 2500] },
    },
    total: [2000, 13000],
    said: {
      'the lines to paste for the weights': /sha256: <digits>/,
      'the languages of the extraction': /en/,
      'why the night is no batch': /may wait a day.*DataZoneBatch.*deprecated/,
    },
  },
  // both devices are owned: 120 in all; the FAQ: 60,840 × 900 = 54.8 M in, 15.2 M out; at 0.055/0.44: 3.0 + 6.7 = 9.7
  hospital: {
    trade: 'a hospital',
    places: {
      'discharge-letters': { venue: 'edge', billions: [3, 36], usd: [0, 120] },
      'icd-coding': { venue: 'edge', billions: [1, 36], usd: [0, 120] },
      'guideline-search': { venue: 'edge', billions: [0.03, 8], usd: [0, 120] },
      'staff-faq': { venue: 'hosted', sku: /^DataZoneStandard$/, usd: [5, 40] },
    },
    total: [65, 165],
    said: {
      'how Swedish is known': /sv.*(estimated|lists)/s,
      'the lines to paste': /sha256: <digits>/,
    },
  },
  // 4,563 × 25,000 = 114 M in, 6.8 M out; at 0.055/0.44: 6.3 + 3.0 = 9; at 0.55/1.65: 63 + 11 = 74
  lawfirm: {
    trade: 'a law firm',
    places: { 'contract-review': { venue: 'hosted', sku: /^DataZone/, usd: [6, 120] } },
    total: [6, 120],
    said: { 'the floor': /no quality is stated/, 'how German is known': /de.*(estimated|lists)/s },
  },
  // the device alone: 20
  logistics: {
    trade: 'a forwarder',
    places: { 'delivery-notes': { venue: 'edge', billions: [1, 36], usd: [20, 20] } },
    total: [20, 20],
    said: { 'the line to paste': /sha256: <digits>/ },
  },
  // 912,600 × 1,200 = 1,095 M in, 9 M out; in batches at 0.0275/0.22: 30 + 2 = 32; at 0.0825/0.33: 90 + 3 = 93
  insurer: {
    trade: 'an insurer',
    places: { 'claim-sorting': { venue: 'hosted', sku: /^DataZone/, usd: [20, 250] } },
    total: [20, 250],
    said: { 'how French is known': /fr.*(estimated|lists)/s },
  },
  // 91,260 × 900 = 82 M in and out; at 0.05/0.40: 4 + 33 = 37; at 0.25/2: 21 + 164 = 185
  newspaper: {
    trade: 'a newspaper',
    places: { wire: { venue: 'hosted', sku: /Standard$/, usd: [15, 450] } },
    total: [15, 450],
    said: { 'how Finnish is known': /fi.*(estimated|lists)/s },
  },
  // 152,100 × 1,000 = 152 M in, 45.6 M out; at 0.055/0.44: 8 + 20 = 28; with hidden tokens up to 60
  school: {
    trade: 'a school',
    places: { tutor: { venue: 'hosted', sku: /^DataZoneStandard$/, usd: [15, 260] } },
    total: [15, 260],
    said: { 'how the first token is known': /first token within 3 s.*estimated/s },
  },
  // 45,630 × 1,200 = 54.8 M in, 13.7 M out as Standard in the region; at 1.375/11: 75 + 151 = 226; a T4 costs 407
  town: {
    trade: 'a town',
    places: { citizens: { venue: 'hosted', sku: /^Standard$/, usd: [5, 600] } },
    total: [5, 600],
    said: { 'how Swedish is known': /sv.*(estimated|lists)/s },
  },
  // 608,400 × 1,500 = 913 M in, 36.5 M out; at 0.05/0.40: 46 + 15 = 60; at 0.25/2: 228 + 73 = 301
  games: {
    trade: 'a game studio',
    places: { completion: { venue: 'hosted', sku: /Standard$/, usd: [40, 1000] } },
    total: [40, 1000],
    said: { 'how the speed is known': /40 tokens a second.*estimated/s },
  },
  // 0.7 requests a second of 500 tokens: 350 prompt tokens a second: one T4 of 407, or CPUs of as much
  factory: {
    trade: 'a factory',
    places: { 'log-triage': { venue: 'vm', billions: [1, 15], usd: [100, 1700] } },
    total: [100, 1700],
    said: { 'the floor': /no quality is stated/, 'the line to paste': /sha256: <digits>/ },
  },
  // 0.17 requests a second of 600 + 80 tokens: 104 prompt tokens a second: a CPU of 100 to 400, a T4 of 384
  pharmacy: {
    trade: 'a chain of pharmacies on AWS',
    places: { prescriptions: { venue: 'vm', sku: /^\w+\.\w+$/, billions: [1, 15], usd: [60, 1200] } },
    total: [60, 1200],
    said: { 'how Spanish is known': /es.*(estimated|lists)/s, 'the line to paste': /sha256: <digits>/ },
  },
  // phi-4-mini lists Finnish, and so does the hosted one: 24,336 × 700 = 17 M in, 6.1 M out; at 0.075/0.3: 1.3 + 1.8 = 3
  travel: {
    trade: 'a travel agency that wants verified facts',
    places: { guests: { venue: 'hosted', usd: [1, 60] } },
    total: [1, 60],
    said: { 'that the maker lists it': /lists en, fi/, 'what only lacks evidence': /only lacks/ },
  },
};
