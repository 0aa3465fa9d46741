import { existsSync } from 'node:fs';
import type { TerraformBinary } from './binary';

/**
 * Variables of the caller, without those that could change what Terraform does, or lend it credentials. Where it takes
 * providers from that are not simulated stays the caller's to say.
 */
const kept = /^(?!TF_(?!PLUGIN_CACHE_DIR$)|ARM_|AZURE_|AWS_|SSH_AUTH_SOCK$|SSH_AGENT_PID$|CDKTF_)/;

/**
 * The environment of a rehearsed Terraform or cdktf: the caller's without everything that could change the result,
 * quiet, and with the simulated providers.
 * @param caller the caller's environment
 * @param additions wins over all else
 */
export function rehearsalEnvironment(
  caller: NodeJS.ProcessEnv,
  binary: TerraformBinary,
  additions: Readonly<Record<string, string>>,
): Record<string, string> {
  const inherited = Object.entries(caller).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && kept.test(entry[0]),
  );
  const { TF_CLI_CONFIG_FILE: cliConfiguration } = caller;
  return {
    ...Object.fromEntries(inherited),
    // Terraform warns in each command of one that is not there.
    ...(cliConfiguration !== undefined && existsSync(cliConfiguration)
      ? { TF_CLI_CONFIG_FILE: cliConfiguration }
      : {}),
    TERRAFORM_BINARY_NAME: binary.path,
    CHECKPOINT_DISABLE: '1',
    TF_IN_AUTOMATION: '1',
    TF_INPUT: '0',
    CDKTF_SKIP_PROVIDER_LOCK: 'true',
    CDKTF_DISABLE_PLUGIN_CACHE_ENV: '1',
    ...additions,
  };
}
