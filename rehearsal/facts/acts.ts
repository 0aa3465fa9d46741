/**
 * Types whose resources are something that was done and is over, such as a script that a machine has run. Made anew, it is done again, and
 * what it was done to is still there.
 */
const acts = new Set(['azurerm_virtual_machine_run_command']);

/** Whether a resource of a type is only something that was done. */
export const isAct = (type: string): boolean => acts.has(type);
