/** What a text must look like: the schema of environments and the constructs read the same. */
export interface Form {
  readonly pattern: RegExp;
  /** The allowed texts, in words that follow "must be". */
  readonly allowed: string;
}

/** Name of a machine of ours and of what is installed on it, which is also a label of its address. */
export function machineNameForm(least: number, most: number): Form {
  return {
    pattern: new RegExp(`^(?!.*--)(?=.{${least},${most}}$)[a-z]([a-z0-9-]*[a-z0-9])?$`),
    allowed: `${least} to ${most} lower-case letters, digits and single hyphens that start with a letter and do not end with a hyphen`,
  };
}

/** Where a machine is reached. */
export const addressForm: Form = {
  pattern: /^[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?$/,
  allowed: 'a host name or an IPv4 address',
};

/** An account of Linux. */
export const userForm: Form = {
  pattern: /^[a-z_][a-z0-9_-]{0,31}$/,
  allowed: '1 to 32 lower-case letters, digits, underscores and hyphens',
};

export const sha256Form: Form = {
  pattern: /^[0-9a-f]{64}$/,
  allowed: 'the 64 lower-case hexadecimal digits of a SHA-256',
};

export const locationForm: Form = {
  pattern: /^[a-z][a-z0-9]{0,62}$/,
  allowed: 'an Azure location in lower-case letters and digits, such as swedencentral',
};

/** A private DNS zone. */
export const zoneNameForm: Form = {
  pattern: /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+$/,
  allowed: 'a domain name of at least two labels in lower case',
};

/** Name or version of a hosted model, as an account lists it. */
export const modelNameForm: Form = {
  pattern: /^[A-Za-z0-9][\w.-]{0,127}$/,
  allowed: '1 to 128 letters, digits, underscores, full stops and hyphens that begin with a letter or digit',
};
