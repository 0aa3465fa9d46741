import type { IResolvable } from 'cdktf';

/** A value of a request body: JSON whose leaves may be tokens. Every other text is text, also `${…}`. */
export type AzapiValue =
  | string
  | number
  | boolean
  | null
  | IResolvable
  | readonly AzapiValue[]
  | { readonly [key: string]: AzapiValue };

/** A request body, in the words of the ARM schema. */
export type AzapiBody = { readonly [property: string]: AzapiValue };

/** A value, or what Terraform computes. */
export type Value<T> = T | IResolvable;

/** A text that is usually one of these; a token, or one that the service knows since, is one too. */
export type Known<T extends string> = T | (string & Record<never, never>);
