export type { EngineSpec, ServedModelSpec, WeightsSpec } from './engine';
export type { ListedModel } from './host-endpoint';
export type { HostImage } from './host-image';
export { SlmHost } from './slm-host';
export type { ISlmHost, SlmHostAttributes, SlmHostProps } from './slm-host';
export { EdgeDevice } from './edge-device';
export type { DeviceConnection, EdgeDeviceAttributes, EdgeDeviceProps, IEdgeDevice } from './edge-device';
export type { HostPower, PowerSchedule, Weekday, WeeklyTime } from './host-power';
