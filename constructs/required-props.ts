import type { IConstruct } from 'constructs';
import { rejectViolations } from './errors';

type RequiredKeys<T> = { [K in keyof T]-?: object extends Pick<T, K> ? never : K }[keyof T];

/** The shape of a prop that may be left out. */
class WhenGiven<S> {
  constructor(readonly shape: S) {}
}

/** Of an optional prop, what is required of it once it is given. */
export function whenGiven<const S>(shape: S): WhenGiven<S> {
  return new WhenGiven(shape);
}

/** What the required props of `T` are. It has each of them, or it does not compile; optional ones it may have. */
export type Shape<T> = { readonly [K in RequiredKeys<T>]: ShapeOf<T[K]> } & {
  readonly [K in Exclude<keyof T, RequiredKeys<T>>]?: WhenGiven<ShapeOf<NonNullable<T[K]>>>;
};

/** A kind of value; a list of things of one shape; or the shape of an object. `null` may stand for what is unknown. */
type ShapeOf<V> = null extends V
  ? 'anything'
  : V extends string
    ? 'string'
    : V extends number
      ? 'number'
      : V extends boolean
        ? 'boolean'
        : V extends readonly (infer E)[]
          ? readonly [ShapeOf<E>]
          : V extends IConstruct
            ? 'object'
            : 'object' | Shape<V>;

type AnyShape =
  string | readonly [AnyShape] | WhenGiven<AnyShape> | { readonly [key: string]: AnyShape | undefined };

/**
 * Tells a caller in JavaScript, whom no compiler tells, which required props are missing or of another kind.
 * @param scope the construct whose props they are, or its path
 * @throws InvalidProps naming all of them
 * @example requireProps<ResourceGroupProps>(this, props, { name: 'string', location: 'string' });
 */
export function requireProps<T>(scope: IConstruct | string, props: T, shape: Shape<NoInfer<T>>): void {
  // The compiler has checked the shape against T; from here on both are walked as what they are.
  rejectViolations(scope, problemsOf('', props ?? {}, shape as AnyShape));
}

function problemsOf(path: string, value: unknown, shape: AnyShape): string[] {
  const missing = value === undefined || value === null;
  if (shape instanceof WhenGiven) return missing ? [] : problemsOf(path, value, shape.shape);
  if (shape === 'anything' || isToken(value)) return [];
  const kind = typeof shape === 'string' ? shape : isList(shape) ? 'list' : 'object';
  const wanted = kinds[kind] ?? kind;
  if (missing) return [`${path} is missing: give it ${wanted}`];
  if (kindOf(value) !== kind)
    return [`${path || 'props'} must be ${wanted}, not ${described(value)}: correct it`];
  return typeof shape === 'string' ? [] : problemsInside(path, value, shape);
}

function problemsInside(path: string, value: unknown, shape: Exclude<AnyShape, string>): string[] {
  if (isList(shape))
    return (value as readonly unknown[]).flatMap((each, at) => problemsOf(`${path}[${at}]`, each, shape[0]));
  const given = value as Readonly<Record<string, unknown>>;
  return Object.entries(shape).flatMap(([key, inner]: [string, AnyShape | undefined]) =>
    inner === undefined ? [] : problemsOf(path === '' ? key : `${path}.${key}`, given[key], inner),
  );
}

const kinds: Readonly<Record<string, string>> = {
  string: 'a string',
  number: 'a number',
  boolean: 'true or false',
  list: 'a list',
  object: 'an object',
};

function kindOf(value: unknown): string {
  return Array.isArray(value) ? 'list' : typeof value;
}

/** A value for a message; an object may be a whole tree of constructs. */
function described(value: unknown): string {
  const kind = kindOf(value);
  return kind === 'object' || kind === 'list' ? (kinds[kind] ?? kind) : (JSON.stringify(value) ?? kind);
}

function isList(shape: AnyShape): shape is readonly [AnyShape] {
  return Array.isArray(shape);
}

/** A value that the framework resolves later, of whatever kind; its strings, numbers and lists are such already. */
function isToken(value: unknown): boolean {
  return (
    typeof value === 'object' && value !== null && 'resolve' in value && typeof value.resolve === 'function'
  );
}
