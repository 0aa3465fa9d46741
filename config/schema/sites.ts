import { z } from 'zod';
import { identifier } from './basics';

const siteList = z
  .array(identifier)
  .min(1)
  .describe('Sites by name; each has a device, and none stands here twice.');

const siteRule = z
  .strictObject({
    named: z
      .string()
      .regex(/^[a-z0-9*-]{1,64}$/, 'lower-case letters, digits, hyphens, and * for any of them')
      .default('*')
      .describe('Pattern of names of sites, such as shop-*. Default: every site.'),
    hardware: z.string().optional().describe('Only sites that have a device of this id in the device table.'),
    except: z.array(identifier).default([]).describe('Sites that are left out.'),
  })
  .describe('Every site of devices that the rule fits, also those that come later.');

/** Sites that one workload serves: a list, or a rule. */
export const sitesSchema = z
  .union([siteList, siteRule])
  .describe(
    'Edge sites that it serves, instead of site: each with the traffic that is stated. Sites whose devices and work are alike are decided once. Default: none.',
  );

/** What says which sites are meant. */
export type Sites = z.output<typeof sitesSchema>;
