/** The simulated login: one tenant, one service principal. Every GUID is made up. */
export const TENANT_ID = '00000000-0000-4000-8000-000000000001';

/** Application id of the service principal that runs Terraform. */
export const CLIENT_ID = '00000000-0000-4000-8000-000000000002';

/** Object id of the service principal that runs Terraform. */
export const OBJECT_ID = '00000000-0000-4000-8000-000000000003';
