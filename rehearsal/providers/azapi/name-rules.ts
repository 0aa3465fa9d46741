import { AzureError } from '../../azure/azure-error';

/** A name that the ARM schema lets pass and the service refuses. */
interface NameRule {
  readonly pattern: RegExp;
  readonly rule: string;
}

/** Source: Microsoft Learn, "Manage resources and quotas: Azure Machine Learning online endpoints", read 2026-11. */
const rules: Readonly<Record<string, NameRule>> = {
  'microsoft.machinelearningservices/workspaces/onlineendpoints': {
    pattern: /^[a-z][a-z0-9-]{1,30}[a-z0-9]$/i,
    rule: 'an endpoint name has 3 to 32 letters, digits and hyphens, starts with a letter and ends with a letter or digit',
  },
  'microsoft.machinelearningservices/workspaces/onlineendpoints/deployments': {
    pattern: /^[a-z][a-z0-9-]{1,30}[a-z0-9]$/i,
    rule: 'a deployment name has 3 to 32 letters, digits and hyphens, starts with a letter and ends with a letter or digit',
  },
};

/**
 * Checks a name that only the service knows how to judge.
 * @throws AzureError with the rule.
 */
export function checkServiceName(armType: string, name: string): void {
  const rule = rules[armType.toLowerCase()];
  if (rule && !rule.pattern.test(name)) {
    throw new AzureError(400, 'BadArgument', `The name '${name}' is invalid: ${rule.rule}.`);
  }
}
