import { Token } from 'cdktf';
import type { IResolvable, IResolveContext } from 'cdktf';
import type { IConstruct } from 'constructs';
import { ConstructError } from './errors';

/**
 * Where data becomes Terraform. Terraform reads every string of a resource, a provider or an output as a template, so
 * that `${file("/etc/hostname")}` in a tag would be evaluated. Everything that Berth hands to such an element goes
 * through {@link literals}; what Berth itself means as an expression is written with {@link expression}.
 */

/** Text that Terraform reads as it stands: `${` and `%{` are doubled, as its template language asks. */
export function escapeTemplate(text: string): string {
  return text.replace(/([$%])\{/g, '$1$1{');
}

/**
 * The same value with all its texts as literals, keys of maps too. Tokens of cdktf stay what they are, also inside of a
 * text; so does anything that is no plain object, such as a construct.
 *
 * @example new StorageAccount(this, 'Resource', literals({ name: props.name, tags: props.tags }))
 * @throws ConstructError when a text looks like the number by which cdktf stands for a token
 */
export function literals<T>(value: T): T;
export function literals(value: unknown): unknown {
  if (typeof value === 'string') return literal(value);
  if (Token.isUnresolved(value)) return value;
  if (Array.isArray(value)) return value.map(each => literals(each));
  if (!isPlain(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [literal(key), literals(each)]));
}

/** An expression that Berth writes, such as `var.weights_dir`, as a token that {@link literals} leaves alone. */
export function expression(text: string): string {
  return Token.asString(new Lazily(() => `\${${text}}`, text));
}

/**
 * A text that stands in the argument of a Terraform function, where cdktf escapes no quotes.
 * @param scope whose argument it is
 * @throws ConstructError when it could end the argument
 */
export function argument(scope: IConstruct, text: string): string {
  const wrong = fragmentsOf(text).some(part => !isToken(part) && /["\\\r\n]|[$%]\{/.test(part));
  if (!wrong) return text;
  const { path } = scope.node;
  throw new ConstructError(
    path,
    `${path}: an id or a name that Terraform computes with must hold no quote, backslash, line end, \${ or %{, not ${JSON.stringify(text.slice(0, 80))}: correct it`,
  );
}

function literal(text: string): string {
  const parts = fragmentsOf(text);
  rejectNumberTokens(parts);
  if (parts.every((part, index) => isToken(part) || escaped(part, parts[index + 1]) === part)) return text;
  if (!parts.some(isToken)) return escapeTemplate(text);
  // cdktf would take an escaped `${` beside a token for the beginning of an expression, hence a token for the whole.
  return Token.asString(
    new Lazily(context => {
      const resolved = parts.map((part, index) =>
        isToken(part) ? String(context.resolve(part)) : escaped(part, parts[index + 1]),
      );
      return resolved.join('');
    }, text),
  );
}

/** A dollar right before an expression would escape it. */
function escaped(part: string, next: string | undefined): string {
  const text = escapeTemplate(part);
  return next !== undefined && isToken(next) ? text.replace(/\$$/, '${"$"}') : text;
}

/** A text, cut at the tokens in it. */
function fragmentsOf(text: string): string[] {
  return text.split(/(\$\{TfToken\[[\w.:-]+\]\})/).filter(part => part !== '');
}

function isToken(part: string): boolean {
  return part.startsWith('${TfToken[');
}

/** cdktf looks for numbers like -8.10956221259138e+298 in every text and puts what they stand for in their place. */
function rejectNumberTokens(parts: readonly string[]): void {
  const all = parts.flatMap(part => (isToken(part) ? [] : (part.match(/-?[\d.]+e\+?\d+/gi) ?? [])));
  const wrong = all.find(number => number.startsWith('-') && Token.isUnresolved(Number(number)));
  if (wrong === undefined) return;
  throw new ConstructError(
    '',
    `a text must not hold ${wrong}, a number that cdktf uses for itself: change a digit`,
  );
}

function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** A text that is known when the stack is synthesised. */
class Lazily implements IResolvable {
  readonly creationStack: string[] = [];

  constructor(
    private readonly text: (context: IResolveContext) => string,
    private readonly shown: string,
  ) {}

  resolve(context: IResolveContext): string {
    return this.text(context);
  }

  toString(): string {
    return this.shown;
  }
}
