/** What a device is beside the resource that remembers it: ids of its further resources, which their logical ids end with. */
export const devicePartIds = ['Recipe', 'Files'] as const;

/** Variable of Terraform, for all devices of a stack, that names the file with the operator's private key. */
export const privateKeyVariable = 'device_key';

/** Where the private key is that the devices let in, on the operator's machine. A key of its own: whoever has it is root on the devices. */
export const defaultPrivateKeyFile = '~/.ssh/berth';
