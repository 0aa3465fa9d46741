import { knownTemplates } from './id-templates';

/** Where a type without an id template probably lives: its resource provider and the collection segment. */
interface Home {
  readonly namespace: string;
  readonly collection: string;
}

/** Words of a Terraform type with the resource provider in which its resources live. */
interface Known {
  readonly words: readonly string[];
  readonly namespace: string;
}

const knownHomes: readonly Known[] = knownTemplates().flatMap(([type, template]) => {
  const namespace = /.*\/providers\/([\w.]+)\//.exec(template)?.[1];
  return namespace ? [{ words: wordsOf(type), namespace }] : [];
});

/**
 * A guess for a type without a template: the provider of the known type with which it shares most of its first words,
 * and the rest of its words as the collection. A service that nothing is known of becomes a provider of its own.
 */
export function nearestHome(type: string): Home {
  const words = wordsOf(type);
  const nearest = knownHomes
    .map(known => ({ ...known, shared: sharedWords(known.words, words) }))
    .sort((a, b) => b.shared - a.shared || a.words.length - b.words.length)[0];
  const first = words[0] ?? type;
  const own = `Microsoft.${first.charAt(0).toUpperCase()}${first.slice(1)}`;
  const rest = words.slice(nearest?.shared ?? 0);
  return {
    namespace: nearest && nearest.shared > 0 ? nearest.namespace : own,
    collection: plural(camel(rest.length > 0 ? rest : words)),
  };
}

function wordsOf(type: string): readonly string[] {
  return type.replace(/^azurerm_/, '').split('_');
}

function sharedWords(a: readonly string[], b: readonly string[]): number {
  const different = a.findIndex((word, i) => word !== b[i]);
  return different < 0 ? a.length : different;
}

function camel(words: readonly string[]): string {
  return words.join('_').replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}

function plural(word: string): string {
  if (/[^aeiou]y$/.test(word)) return `${word.slice(0, -1)}ies`;
  return /s$/.test(word) ? word : `${word}s`;
}
