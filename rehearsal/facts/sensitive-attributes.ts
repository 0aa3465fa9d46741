import table from './sensitive-attributes.json';

const names: ReadonlySet<string> = new Set(table.names);
const byType: Readonly<Record<string, readonly string[]>> = table.byType;

/** What a name means whatever the table says: a secret too many is hidden rather than one shown. */
const meansSecret = /(^|_)(password|passphrase|secret|token|private_key|access_key|connection_string)(_wo)?$/;

/** Whether an attribute of a type without facts of its own is hidden from plans: azurerm marks its name as sensitive. */
export function isSensitiveName(type: string, attribute: string): boolean {
  return names.has(attribute) || (byType[type] ?? []).includes(attribute) || meansSecret.test(attribute);
}
