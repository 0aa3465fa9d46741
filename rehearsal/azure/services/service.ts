import type { Store } from '../store';
import type { ArmView } from './arm-view';

/** What a service refuses of its resources of one ARM type. Each throws an AzureError in the service's words. */
export interface ServiceRules {
  /** In lower case: `microsoft.cognitiveservices/accounts`. */
  readonly armType: string;
  /** Before a resource is created or changed. */
  readonly checkWrite?: (store: Store, resource: ArmView) => void;
  /** Before a resource is deleted by itself, not with its parent. */
  readonly checkDelete?: (store: Store, resource: ArmView) => void;
}
