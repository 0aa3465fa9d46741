import type { Environment } from './environment';

/** Who accepts the terms of a publisher, as a deployment of one of its models says itself. */
interface AcceptingOrganisation {
  /** Publisher whose terms are accepted. */
  readonly publisher: string;
  /** Organisation that accepts them. */
  readonly organizationName: string;
  /** ISO 3166-1 alpha-2. */
  readonly countryCode: string;
  /** Such as `technology`. */
  readonly industry: string;
}

/** Whether the environment says that the terms of a publisher are accepted. */
export function acceptsTermsOf({ azure }: Pick<Environment, 'azure'>, publisher: string): boolean {
  return (
    azure?.acceptedTerms.some(each => (typeof each === 'string' ? each : each.publisher) === publisher) ??
    false
  );
}

/** Who accepts the terms of a publisher; undefined where the environment does not say it. */
export function acceptingOrganisation(
  { azure }: Pick<Environment, 'azure'>,
  publisher: string,
): AcceptingOrganisation | undefined {
  return azure?.acceptedTerms
    .flatMap(each => (typeof each === 'string' ? [] : each))
    .find(each => each.publisher === publisher);
}
