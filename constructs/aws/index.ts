export { Ec2SlmHost } from './ec2-slm-host';
export type { Ec2SlmHostAttributes, Ec2SlmHostProps, IEc2SlmHost } from './ec2-slm-host';
export type { IModelEndpointAws } from './model-endpoint';
export type { EndpointAddress } from '../endpoint-address';
export type { EngineSpec, ServedModelSpec, WeightsSpec } from '../host/engine';
export type { HostPower, PowerSchedule, Weekday, WeeklyTime } from '../host/host-power';
