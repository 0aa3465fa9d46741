/** The five parts of an environment. Every one always exists, empty if need be. */
export const stackRoles = ['platform', 'hosted', 'catalog', 'hosts', 'edge'] as const;

export type StackRole = (typeof stackRoles)[number];
