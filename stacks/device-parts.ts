export { defaultPrivateKeyFile, devicePartIds, privateKeyVariable } from '../constructs/host/device-parts';
