import { BlockDeviceVolume, EbsDeviceVolumeType } from 'aws-cdk-lib/aws-ec2';
import type { BlockDevice } from 'aws-cdk-lib/aws-ec2';

/** The encrypted disk of a machine, which goes with it. */
export function rootDisk(diskGib: number): BlockDevice {
  return {
    deviceName: '/dev/sda1',
    volume: BlockDeviceVolume.ebs(diskGib, {
      encrypted: true,
      volumeType: EbsDeviceVolumeType.GP3,
      deleteOnTermination: true,
    }),
  };
}
