export { Ec2SlmHost } from './ec2-slm-host';
export type { IEc2SlmHost } from './ec2-slm-host';
export type {
  Ec2SlmHostAttributes,
  Ec2SlmHostMachineProps,
  Ec2SlmHostPlatformProps,
  Ec2SlmHostProps,
} from './ec2-slm-host-props';
export type { IModelEndpointAws } from './model-endpoint';
export type { EndpointAddress } from '../endpoint-address';
export { ConstructError, InvalidProps } from '../errors';
export type { EngineSpec, ServedModelSpec, WeightsSpec } from '../host/engine';
export type { ListedModel } from '../host/host-endpoint';
export type { PoolProps, ServingAttributes, ServingProps } from '../host/host-props';
export type { HostPower, PowerSchedule, Weekday, WeeklyTime } from '../host/host-power';
