import type { ObjectValue } from '../../protocol/value';

/** A location as azurerm keeps it in state: `West Europe` is `westeurope`. */
export function normalise(planned: ObjectValue): ObjectValue {
  const location = planned['location'];
  if (typeof location !== 'string') return planned;
  return { ...planned, location: location.replaceAll(' ', '').toLowerCase() };
}
