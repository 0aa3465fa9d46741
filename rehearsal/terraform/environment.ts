import type { TerraformBinary } from './binary';

/**
 * Variables of the caller, without those that could change what Terraform does, or lend it credentials. The plugin
 * cache stays the caller's.
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
  return {
    ...Object.fromEntries(inherited),
    TERRAFORM_BINARY_NAME: binary.path,
    CHECKPOINT_DISABLE: '1',
    TF_IN_AUTOMATION: '1',
    TF_INPUT: '0',
    CDKTF_SKIP_PROVIDER_LOCK: 'true',
    CDKTF_DISABLE_PLUGIN_CACHE_ENV: '1',
    ...additions,
  };
}
