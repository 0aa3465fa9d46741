import type { ChildProcess } from 'node:child_process';
import { execute } from '../process/execute';

/** What to do without credentials. */
export const noCredentials =
  'there are no credentials for Azure: run az login, or set ARM_TENANT_ID, ARM_SUBSCRIPTION_ID, ARM_CLIENT_ID and ' +
  'ARM_CLIENT_SECRET (or ARM_CLIENT_CERTIFICATE_PATH, ARM_USE_OIDC, ARM_USE_MSI)';

/** How long the Azure CLI may take. Unit: milliseconds. */
const patienceMs = 60_000;

/**
 * Whether the providers will find credentials for Azure: in the environment, or with the Azure CLI.
 * @param onStart told of the process of the Azure CLI
 */
export async function hasAzureCredentials(
  environment: NodeJS.ProcessEnv,
  onStart?: (child: ChildProcess) => void,
): Promise<boolean> {
  if (namesCredentials(environment)) return true;
  try {
    const options = { environment, onStart, timeoutMs: patienceMs };
    const { status } = await execute('az', ['account', 'show'], options);
    return status === 0;
  } catch {
    return false; // az is not installed
  }
}

function namesCredentials(environment: NodeJS.ProcessEnv): boolean {
  const isOn = (name: string): boolean => environment[name] === 'true' || environment[name] === '1';
  if (isOn('ARM_USE_MSI') || isOn('ARM_USE_AKS_WORKLOAD_IDENTITY')) return true;
  const secrets = ['ARM_CLIENT_SECRET', 'ARM_CLIENT_CERTIFICATE', 'ARM_CLIENT_CERTIFICATE_PATH'];
  return (
    Boolean(environment.ARM_CLIENT_ID ?? environment.ARM_CLIENT_ID_FILE_PATH) &&
    (isOn('ARM_USE_OIDC') || secrets.some(name => Boolean(environment[name])))
  );
}
