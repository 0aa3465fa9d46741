import table from './arm-ids.json';

/** One template, or several of which the first counts whose attributes are all given. */
export type IdTemplate = string | readonly string[];

/** Id templates of the azurerm types that Berth does not deploy; source and date are in the table. */
export const furtherIdTemplates: Readonly<Record<string, IdTemplate>> = table.types;
