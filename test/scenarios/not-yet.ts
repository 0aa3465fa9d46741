/** What is not yet met, as `environment: what`. */
export const notYet: readonly string[] = [];
