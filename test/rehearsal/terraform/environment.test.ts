import { rehearsalEnvironment } from '../../../rehearsal/terraform/environment';

const binary = { product: 'Terraform', path: '/usr/bin/terraform', version: '1.11.4' } as const;

describe('the environment of a rehearsed Terraform', () => {
  it('has nothing of the caller that changes the result or lends credentials', () => {
    const caller = {
      PATH: '/usr/bin',
      LANG: 'C.UTF-8',
      TF_CLI_ARGS_plan: '-destroy',
      TF_VAR_location: 'westeurope',
      TF_WORKSPACE: 'prod',
      TF_CLI_CONFIG_FILE: '/home/me/.terraformrc',
      TF_REATTACH_PROVIDERS: '{}',
      ARM_CLIENT_SECRET: 'secret',
      AZURE_CLIENT_ID: 'me',
      AWS_PROFILE: 'me',
      SSH_AUTH_SOCK: '/run/agent',
      CDKTF_LOG_LEVEL: 'debug',
      UNSET: undefined,
    };
    expect(
      rehearsalEnvironment(caller, binary, { TF_VAR_location: 'swedencentral', HOME: '/rehearsal' }),
    ).toEqual({
      PATH: '/usr/bin',
      LANG: 'C.UTF-8',
      HOME: '/rehearsal',
      TERRAFORM_BINARY_NAME: '/usr/bin/terraform',
      TF_VAR_location: 'swedencentral',
      TF_IN_AUTOMATION: '1',
      TF_INPUT: '0',
      CHECKPOINT_DISABLE: '1',
      CDKTF_SKIP_PROVIDER_LOCK: 'true',
      CDKTF_DISABLE_PLUGIN_CACHE_ENV: '1',
    });
  });
});
