import { noFeatures } from '../../azure/soft-delete';
import type { Features } from '../../azure/soft-delete';
import type { ObjectValue } from '../../protocol/value';
import { isList, isObject } from '../../protocol/value';

/**
 * Query parameters with which a delete request also purges, and the azurerm feature that does the same.
 * Microsoft.MachineLearningServices REST API, Workspaces - Delete; read 2026-11.
 */
const purging: Readonly<Record<string, string>> = {
  forceToPurge: 'machine_learning.purge_soft_deleted_workspace_on_destroy',
};

/** What `delete_query_parameters` ask of Azure beyond the deletion, as azurerm would call it. */
export function deletionFeatures(resource: ObjectValue): Features {
  const query = resource['delete_query_parameters'] ?? null;
  if (!isObject(query)) return noFeatures;
  const asked = Object.entries(purging).filter(([parameter]) => {
    const values = query[parameter] ?? null;
    return isList(values) && values.includes('true');
  });
  return { ...noFeatures, ...Object.fromEntries(asked.map(([, feature]) => [feature, true])) };
}
