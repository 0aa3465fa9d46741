/** Tags that name the same language: the model tables use the right-hand one. */
const synonyms: Readonly<Record<string, string>> = { nb: 'no', nn: 'no', fil: 'tl', iw: 'he', in: 'id' };

/**
 * Whether a model's languages cover a required BCP 47 tag: `pt-BR` is covered by `pt` and `pt-BR`, and `pt` by any
 * variety of it, but `pt-PT` not by `pt-BR`. Null, a list nobody published, is unknown.
 */
export function covers(languages: readonly string[] | null, required: string): boolean | null {
  if (languages === null) return null;
  const wanted = split(required);
  return languages
    .map(split)
    .some(
      known =>
        known.language === wanted.language &&
        (known.variety === undefined || wanted.variety === undefined || known.variety === wanted.variety),
    );
}

function split(tag: string): { language: string; variety: string | undefined } {
  const [language = '', variety] = tag.toLowerCase().split('-');
  return { language: synonyms[language] ?? language, variety };
}
