import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const read = (file: string) => readFileSync(join(__dirname, file), 'utf8');

/** The fixed script of the device protocol, as it is uploaded to a device. */
export const deviceScript = (): string => read('berth-device.sh');

/**
 * The same script as gzip in base64, for user data that may hold only 16 KiB. The compressed file is kept beside the
 * script because zlib's output differs between versions and processors, and changed user data disturbs a machine.
 * Made with `gzip -9 -n -k berth-device.sh`; a test tells when it is stale.
 */
export const compressedDeviceScript = (): string =>
  readFileSync(join(__dirname, 'berth-device.sh.gz')).toString('base64');

/** The script that brings a machine the unit's shared secrets. */
export const secretsScript = (): string => read('berth-secrets.py');

/** The module through which {@link secretsScript} reaches a cloud's secret store. */
export const storeModule = (store: 'azure' | 'aws'): string => read(`berth-store-${store}.py`);

/** The script that tells the stack which waits for an EC2 instance that its models answer. */
export const signalScript = (): string => read('berth-signal.py');
