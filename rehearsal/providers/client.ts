/** The simulated login: one tenant, one service principal. Every GUID is made up. */
export const signedInTenantId = '00000000-0000-4000-8000-000000000001';

/** Application id of the service principal that runs Terraform. */
export const clientId = '00000000-0000-4000-8000-000000000002';

/** Object id of the service principal that runs Terraform. */
export const objectId = '00000000-0000-4000-8000-000000000003';
