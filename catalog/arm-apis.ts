import { z } from 'zod';
import { daysBetween } from './days';

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const apiVersion = z.string().regex(/^\d{4}-\d{2}-\d{2}(-[a-z]+)?$/);

/** The control-plane APIs of Azure that Berth's resources are managed with, and when versions of them stop. */
export const armApisSchema = z.strictObject({
  source: z.string(),
  asOf: day,
  uses: z.array(
    z.strictObject({
      armType: z.string(),
      /** Terraform types of azurerm that are such a resource or a part of it; `azapi` where Berth names the version itself. */
      madeAs: z.array(z.string()),
      /** API version by who calls it: `azurerm 4.55.0` with cdktf, `azurerm 4.73.0` with cdktn, `azapi`, or the power schedule of hosts. */
      versions: z.record(z.string(), apiVersion),
    }),
  ),
  /** What Azure has announced. A type without a row has no date that is known. */
  retirements: z.array(
    z.strictObject({
      armType: z.string(),
      /** Versions before this one stop. */
      before: apiVersion,
      /** From this day on. */
      on: day,
      source: z.string(),
      read: day,
    }),
  ),
});

export type ArmApis = Readonly<z.output<typeof armApisSchema>>;

/** An API version in use that Azure stops. */
interface RetiringApi {
  readonly armType: string;
  /** Who calls it: `azurerm 4.55.0`, for example. */
  readonly caller: string;
  readonly version: string;
  /** The first version that goes on. */
  readonly before: string;
  /** YYYY-MM-DD */
  readonly on: string;
  /** Days from the day asked for; 0 on the day itself, negative after it. */
  readonly days: number;
}

/** How long before an API stops it is told of: enough for a release of Berth and a deploy. Unit: days. */
export const retirementNoticeDays = 120;

/**
 * The API versions in use that stop within {@link retirementNoticeDays} of a day, or have stopped; the first to stop comes first.
 * @param date YYYY-MM-DD
 */
export function retiringApis({ uses, retirements }: ArmApis, date: string): RetiringApi[] {
  return retirements
    .flatMap(({ armType, before, on }) =>
      uses
        .filter(use => use.armType === armType)
        .flatMap(({ versions }) => Object.entries(versions))
        .filter(([, version]) => version < before)
        .map(([caller, version]) => ({ armType, caller, version, before, on, days: daysBetween(date, on) })),
    )
    .filter(({ days }) => days <= retirementNoticeDays)
    .sort((a, b) => a.days - b.days);
}
