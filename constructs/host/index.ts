export type { EngineSpec, ServedModelSpec, WeightsSpec } from './engine';
export type { ListedModel } from './host-endpoint';
export type { HostImage } from './host-image';
export type { PoolProps, ServingAttributes, ServingProps } from './host-props';
export { SlmHost } from './slm-host';
export type { ISlmHost } from './slm-host';
export type {
  SlmHostAddressProps,
  SlmHostAttributes,
  SlmHostMachineProps,
  SlmHostPlatformProps,
  SlmHostProps,
} from './slm-host-props';
export { EdgeDevice } from './edge-device';
export type { DeviceConnection, EdgeDeviceAttributes, EdgeDeviceProps, IEdgeDevice } from './edge-device';
export type { HostPower, PowerSchedule, Weekday, WeeklyTime } from './host-power';
