/** HTML or SVG that is safe to print: made by `tag` alone, so that a text can never become an element. */
export class Markup {
  constructor(readonly text: string) {}
}

export type Child = Markup | string | number | readonly Child[];

/** Undefined leaves the attribute out. */
type Attributes = Readonly<Record<string, string | number | undefined>>;

/** An element; text and attributes are escaped. Elements without children close themselves, so that it is XML too. */
export function tag(name: string, attributes: Attributes = {}, ...children: Child[]): Markup {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${escape(String(value))}"`)
    .join('');
  const inner = children.map(childText).join('');
  const empty = inner === '' && closesItself.has(name);
  return new Markup(empty ? `<${name}${written} />` : `<${name}${written}>${inner}</${name}>`);
}

/** Elements that may be written without an end tag in HTML, or that are SVG. */
const closesItself = new Set(['meta', 'link', 'br', 'hr', 'line', 'path', 'rect', 'circle', 'polyline']);

function childText(child: Child): string {
  if (child instanceof Markup) return child.text;
  if (typeof child === 'string' || typeof child === 'number') return escape(String(child));
  return child.map(childText).join('');
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Control characters are no XML; they become the replacement character. */
function escape(text: string): string {
  return (
    text
      // eslint-disable-next-line no-control-regex -- these are what must not be printed
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
      .replace(/[&<>"']/g, character => entities[character] ?? character)
  );
}
