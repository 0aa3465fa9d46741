import { z } from 'zod';
import { isAddressSpace, addressSpaceAllowed } from '../../limits/address-space';
import { longestUrl } from '../../limits/file';
import { locationForm, machineNameForm, sha256Form, zoneNameForm } from '../../limits/form';
import type { Form } from '../../limits/form';
import { armIdForm, armIdPattern } from '../../text/arm-id';
import { credentialIn, urlCharacters } from '../../text/url';

/** Patterns that several keys share. The message says what is allowed and stands in the error of a wrong value. */

export const textOf = ({ pattern, allowed }: Form) => z.string().regex(pattern, allowed);

export const identifier = z
  .string()
  .regex(
    /^[a-z][a-z0-9-]{0,30}[a-z0-9]$/,
    '2 to 32 lower-case letters, digits and hyphens that start with a letter and do not end with a hyphen',
  );

export const sha256 = textOf(sha256Form);

/** The ARM id of a resource of a type, such as `Microsoft.KeyVault/vaults`. */
export const armId = (type: string) => z.string().regex(armIdPattern(type), `an ARM id ${armIdForm(type)}`);

export const azureLocation = textOf(locationForm);

/** Name of a device, which is also that of what is installed on it. */
export const deviceName = textOf(machineNameForm(2, 32));

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

/** Editors know the pattern; which ranges are private takes more than one. */
export const addressSpace = z
  .string()
  .regex(/^\d{1,3}(\.\d{1,3}){3}\/([89]|1\d|2[0-2])$/, { error: addressSpaceAllowed, abort: true })
  .refine(isAddressSpace, addressSpaceAllowed);

export const zoneName = textOf(zoneNameForm);
