import { z } from 'zod';
import { unknownFact } from './evidence';
import type { Fact } from './evidence';

const byLanguage = z.record(z.string(), z.number());

/** What is published of a model's languages, besides the lists of the model tables. */
const languageRowSchema = z.strictObject({
  /** Hosted name or open id. */
  model: z.string(),
  /** Models of the same maker, no better than this one, whose scores speak for it where it has none; the nearest first. */
  kin: z
    .string()
    .transform(list => list.split(' '))
    .optional(),
  /** BCP 47 tags that the maker names. */
  listed: z
    .strictObject({ languages: z.string().transform(list => list.split(' ')), source: z.string() })
    .optional(),
  /** How many languages the maker says that it knows, without naming them all. */
  counted: z.strictObject({ languages: z.number().int().positive(), source: z.string() }).optional(),
  /** Mean rank in EuroEval; 1 is best. */
  euroEvalRank: byLanguage.optional(),
  /** Share of right answers to MMLU in professional human translation, 0 to 1. */
  mmluAccuracy: byLanguage.optional(),
  /** Score over the same model's score in English. */
  shareOfEnglish: byLanguage.optional(),
  /** Of an embedding model: nDCG@10 of finding the passage that answers a question, both in the language, 0 to 1. */
  belebeleRetrieval: byLanguage.optional(),
});

export const languageTableSchema = z.strictObject({
  asOf: z.string(),
  sources: z.record(z.string(), z.string()),
  models: z.array(languageRowSchema),
});

export type LanguageRow = Readonly<z.output<typeof languageRowSchema>>;

/**
 * From where on a score counts as good enough. The rank is about that of a 4B model of 2025 in a large European language,
 * whose texts a reader takes for those of a person; the accuracy is that of gpt-4.1-nano in its weakest large languages.
 */
const scales = [
  {
    key: 'euroEvalRank',
    isEnough: (rank: number) => rank <= 2.4,
    text: String,
    from: 'its rank in EuroEval, where 2.4 is enough and 1 is best',
  },
  {
    key: 'mmluAccuracy',
    isEnough: (accuracy: number) => accuracy >= 0.65,
    text: percent,
    from: 'its right answers to MMLU in that language, where 65 % are enough',
  },
  {
    key: 'shareOfEnglish',
    isEnough: (share: number) => share >= 0.9,
    text: percent,
    from: 'its score over that in English, where 90 % are enough',
  },
  {
    // What models that were trained in English alone do not reach in French, where many words are the same.
    key: 'belebeleRetrieval',
    isEnough: (score: number) => score >= 0.85,
    text: percent,
    from: 'how well it finds passages in Belebele, where 85 % are enough',
  },
] as const;

/** Whether a model is good enough in a language. */
type LanguageFact = Fact<boolean> & {
  /** The figure behind an estimate. */
  readonly score?: string;
};

/** A maker's count says something of these, which a hundred languages can hardly leave out. */
const widelyWritten = new Set(
  'ar bg bn ca cs da de el en es et fa fi fr he hi hr hu id is it ja ko lt lv ms nl no pl pt ro ru sk sl sr sv th tr uk ur vi zh'.split(
    ' ',
  ),
);
const manyLanguages = 100;

/** Tags that name the same language: the model tables use the right-hand one. */
const synonyms: Readonly<Record<string, string>> = { nb: 'no', nn: 'no', fil: 'tl', iw: 'he', in: 'id' };

/**
 * Whether a model's languages cover a required BCP 47 tag: `pt-BR` is covered by `pt` and `pt-BR`, and `pt` by any
 * variety of it, but `pt-PT` not by `pt-BR`. Null, a list nobody published, is unknown.
 */
export function covers(languages: readonly string[] | null, required: string): boolean | null {
  if (languages === null) return null;
  return languages.some(known => isCovered(known, required));
}

function isCovered(knownTag: string, required: string): boolean {
  const [known, wanted] = [split(knownTag), split(required)];
  return (
    known.language === wanted.language &&
    (known.variety === undefined || wanted.variety === undefined || known.variety === wanted.variety)
  );
}

function split(tag: string): { language: string; variety: string | undefined } {
  const [language = '', variety] = tag.toLowerCase().split('-');
  return { language: synonyms[language] ?? language, variety };
}

/** What is asked of: its name in the catalogue, and the list that its own table holds. */
interface Speaker {
  readonly name: string;
  readonly languages: readonly string[] | null;
}

/**
 * Whether a model is good enough in a language, and how that is known. What its maker lists is stated. A score in the
 * language is an estimate for it or against it, also where the maker lists others. English is estimated of a model that
 * lists nothing, because its card and its tests are in English. Its kin speaks for it, and last its maker's count.
 */
export function languageFact(rows: readonly LanguageRow[], speaker: Speaker, language: string): LanguageFact {
  const known = factsOf(rows, speaker);
  const fact = known.get(language) ?? findFact(rows, speaker, language);
  known.set(language, fact);
  return fact;
}

const facts = new WeakMap<readonly LanguageRow[], WeakMap<Speaker, Map<string, LanguageFact>>>();

/** Asked for every offer, so what was found is kept as long as the rows and the speaker are. */
function factsOf(rows: readonly LanguageRow[], speaker: Speaker): Map<string, LanguageFact> {
  const ofRows = facts.get(rows) ?? new WeakMap<Speaker, Map<string, LanguageFact>>();
  facts.set(rows, ofRows);
  const known = ofRows.get(speaker) ?? new Map<string, LanguageFact>();
  ofRows.set(speaker, known);
  return known;
}

function findFact(rows: readonly LanguageRow[], speaker: Speaker, language: string): LanguageFact {
  const row = rowOf(rows, speaker.name);
  const listed = speaker.languages ?? row?.listed?.languages ?? null;
  if (covers(listed, language) === true)
    return { evidence: 'stated', value: true, from: `${speaker.name} lists it` };
  const scored = row && scoreFact(row, language);
  if (scored) return scored;
  if (listed !== null)
    return { evidence: 'stated', value: false, from: `${speaker.name} lists ${listed.length} others` };
  const ofKin = kinFact(rows, row, language);
  if (ofKin) return ofKin;
  if (isCovered('en', language)) return estimate('its card and its tests, which are in English');
  return countFact(row, language) ?? unknownFact;
}

function estimate(from: string, good = true): Fact<boolean> {
  return { evidence: 'estimated', value: good, worst: good, from };
}

/** Models of the same maker that are no better, the nearest first. */
export function kinOf(rows: readonly LanguageRow[], name: string): readonly string[] {
  return rowOf(rows, name)?.kin ?? [];
}

/** That a lesser model is bad at it says nothing of this one. */
function kinFact(
  rows: readonly LanguageRow[],
  row: LanguageRow | undefined,
  language: string,
): LanguageFact | undefined {
  for (const name of row?.kin ?? []) {
    const kin = rowOf(rows, name);
    const fact = kin && scoreFact(kin, language);
    if (fact?.evidence === 'estimated' && fact.value)
      return { ...fact, from: `${name}, its kin: ${fact.from}` };
  }
  return undefined;
}

function countFact(row: LanguageRow | undefined, language: string): Fact<boolean> | undefined {
  const counted = row?.counted?.languages ?? 0;
  return counted >= manyLanguages && widelyWritten.has(split(language).language)
    ? estimate(`its maker's count of ${counted} languages, which names none`)
    : undefined;
}

/** What a score in the language says. The worst of several counts. */
function scoreFact(row: LanguageRow, language: string): LanguageFact | undefined {
  const judged = scales.flatMap(({ key, isEnough, text, from }) => {
    const score = scoreIn(row[key], language);
    return score === undefined ? [] : [{ good: isEnough(score), score: text(score), from }];
  });
  const told = judged.find(({ good }) => !good) ?? judged[0];
  if (!told) return undefined;
  const { good, score, from } = told;
  return { evidence: 'estimated', value: good, worst: good, from, score };
}

/** Of several varieties, the worst could be meant; they hardly differ. */
function scoreIn(scores: Readonly<Record<string, number>> | undefined, language: string): number | undefined {
  return Object.entries(scores ?? {}).find(([tag]) => isCovered(tag, language))?.[1];
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

const indices = new WeakMap<readonly LanguageRow[], ReadonlyMap<string, LanguageRow>>();

/** Asked for every offer, so rows are found by name. */
function rowOf(rows: readonly LanguageRow[], name: string): LanguageRow | undefined {
  const index = indices.get(rows) ?? new Map(rows.map(row => [row.model, row]));
  indices.set(rows, index);
  return index.get(name);
}
