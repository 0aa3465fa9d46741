import { acceptsTermsByDeploying } from '../../limits/deployment';
import { nameConstraint } from '../constraint';
import { violation } from '../validation';

/** Who accepts the terms of a publisher by the deployment of its model. */
export interface ModelProviderData {
  /** Organisation that accepts the terms. */
  readonly organizationName: string;
  /** ISO 3166-1 alpha-2, such as `SE`. */
  readonly countryCode: string;
  /** Such as `technology`. */
  readonly industry: string;
}

/** Whose models may be deployed with and without the acceptance of terms. */
export const formatOf = (data: ModelProviderData | undefined) => ({
  allowed: data
    ? 'one whose deployments accept terms, since modelProviderData accepts them'
    : 'a publisher whose models need no acceptance of marketplace terms at deployment',
  advice: data
    ? 'leave modelProviderData out'
    : 'Anthropic models take modelProviderData, which accepts terms on your behalf: give it, or deploy them yourself and import them',
  holds: (value: string) => acceptsTermsByDeploying(value) === (data !== undefined),
});

const country = nameConstraint(/^[A-Z]{2}$/, 'two capital letters, as ISO 3166-1 has them');
const industry = nameConstraint(/^[a-z][a-z_ -]{1,63}$/, 'lower-case letters, such as technology');
const organisation = nameConstraint(/^[^\p{Cc}]{1,256}$/u, '1 to 256 characters');

/** Azure refuses the terms of a publisher without these (InvalidModelProviderData). */
export function providerViolations(data: ModelProviderData | undefined): string[] {
  return [
    ...violation('modelProviderData.organizationName', data?.organizationName, organisation),
    ...violation('modelProviderData.countryCode', data?.countryCode, country),
    ...violation('modelProviderData.industry', data?.industry, industry),
  ];
}
