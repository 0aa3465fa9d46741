/**
 * Where the platform of an environment is: its virtual network, and with it every machine on Azure. That is the first location,
 * and stays so in whatever order they are written later (`settled` of `lock/`). A region has no network of its own.
 */
export function networkLocation({ locations: [first] }: { readonly locations: readonly string[] }): string {
  if (first === undefined)
    throw new Error('an environment on Azure has no location, which its schema refuses');
  return first;
}
