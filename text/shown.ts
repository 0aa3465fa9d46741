/** How much of a foreign text a message shows. */
const shownCharacters = 60;

/**
 * A text that somebody else wrote, for a message: on one line, harmless on a terminal, and short, with its length where it
 * was cut.
 */
export function shown(text: string, limit = shownCharacters): string {
  // More than is shown is not looked at: the text may be of any length.
  const start = visible(text.slice(0, limit + 1).replace(/\s+/g, ' '));
  return text.length > limit ? `${start.slice(0, limit - 3)}… (${text.length} characters)` : start;
}

/**
 * Characters that change how a terminal or a page shows what stands around them: control characters but line ends and
 * tabs, marks that turn the direction of writing, separators that are no line end, halves of surrogate pairs.
 */
const unseen =
  // eslint-disable-next-line no-control-regex -- these are what must not be printed
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** A text with such characters written out, as in `\u001b`. */
export function visible(text: string): string {
  return text.replace(unseen, character => codeOf(character));
}

/** The first such character of a text, written out; undefined when it has none. */
export function unseenIn(text: string): string | undefined {
  const found = text.match(unseen)?.[0];
  return found === undefined ? undefined : codeOf(found);
}

function codeOf(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
