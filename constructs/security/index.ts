export { KeyVault } from './key-vault';
export type { IKeyVault, KeyVaultAttributes, KeyVaultProps } from './key-vault';
export { builtInRoles, grantRole } from './role-grant';
export type { BuiltInRole, RoleGrant } from './role-grant';
export { WorkloadIdentity } from './workload-identity';
export type {
  IWorkloadIdentity,
  WorkloadIdentityAttributes,
  WorkloadIdentityProps,
} from './workload-identity';
