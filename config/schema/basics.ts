import { z } from 'zod';
import { longestUrl } from '../../limits/file';
import { armIdForm, armIdPattern } from '../../text/arm-id';
import { credentialIn, urlCharacters } from '../../text/url';

/** Patterns that several keys share. The message says what is allowed and stands in the error of a wrong value. */

export const identifier = z
  .string()
  .regex(
    /^[a-z][a-z0-9-]{0,30}[a-z0-9]$/,
    '2 to 32 lower-case letters, digits and hyphens that start with a letter and do not end with a hyphen',
  );

export const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'the 64 lower-case hexadecimal digits of a SHA-256');

/** The ARM id of a resource of a type, such as `Microsoft.KeyVault/vaults`. */
export const armId = (type: string) => z.string().regex(armIdPattern(type), `an ARM id ${armIdForm(type)}`);

export const azureLocation = z
  .string()
  .regex(/^[a-z0-9]+$/, 'a region name of lower-case letters and digits, such as swedencentral');

/** Name of a device, which is also that of what is installed on it. */
export const deviceName = z
  .string()
  .regex(
    /^(?!.*--)[a-z][a-z0-9-]{0,30}[a-z0-9]$/,
    '2 to 32 lower-case letters, digits and single hyphens that start with a letter and do not end with a hyphen',
  );

export const httpsUrl = z
  .url({ protocol: /^https$/, error: 'an https URL' })
  .max(longestUrl, `an https URL of at most ${longestUrl} characters`)
  .regex(urlCharacters, 'an https URL in which other characters are written as %XX')
  .refine(
    url => !URL.canParse(url) || credentialIn(new URL(url)) === undefined,
    'an https URL without a credential, because machines get it in plain text',
  );

export const languageTag = z
  .string()
  .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'a BCP 47 language tag, such as sv or pt-BR');

const octet = '(25[0-5]|2[0-4]\\d|1?\\d?\\d)';
export const cidr = z
  .string()
  .regex(
    new RegExp(`^${octet}(\\.${octet}){3}/([89]|1\\d|2[0-4])$`),
    'an IPv4 range from /8 to /24, such as 10.40.0.0/16',
  );

export const zoneName = z
  .string()
  .regex(/^[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63})+$/, 'a domain name of at least two labels in lower case');
