/**
 * Where the virtual network of an environment is, and with it every machine on Azure: in the first location.
 */
export function networkLocation({ locations: [first] }: { readonly locations: readonly string[] }): string {
  if (first === undefined)
    throw new Error('an environment on Azure has no location, which its schema refuses');
  return first;
}
