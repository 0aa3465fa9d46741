import { simulatedArchive } from './archive/archive';
import { simulatedAzapi } from './azapi/azapi';
import { simulatedAzurerm } from './azurerm/azurerm';
import { simulatedHttp } from './http/http';
import { simulatedLocal } from './local/local';
import { simulatedModtm } from './modtm/modtm';
import { simulatedNull } from './null/null';
import { simulatedRandom } from './random/random';
import type { SimulatedProvider } from './simulated-provider';
import { simulatedTime } from './time/time';
import { simulatedTls } from './tls/tls';

/** The providers that a rehearsal simulates. Whatever else a stack names is downloaded by Terraform, and real. */
export const simulatedProviders: readonly SimulatedProvider[] = [
  simulatedAzurerm,
  simulatedAzapi,
  simulatedArchive,
  simulatedHttp,
  simulatedLocal,
  simulatedModtm,
  simulatedNull,
  simulatedRandom,
  simulatedTime,
  simulatedTls,
];
