import fc from 'fast-check';
import { hostSubnetProblem, isAddressSpace, subnetOf } from '../../limits/address-space';

describe('an address space', () => {
  it.each([
    ['10.0.0.0/8', true],
    ['10.40.0.0/16', true],
    ['172.16.0.0/12', true],
    ['172.31.252.0/22', true],
    ['192.168.0.0/16', true],
    ['10.40.0.0/23', false],
    ['10.0.0.0/7', false],
    ['172.32.0.0/16', false],
    ['192.168.0.0/15', false],
    ['8.8.8.0/22', false],
    ['10.40.0.1/16', false],
    ['10.256.0.0/16', false],
    ['10.40.0.0', false],
    ['10.40.0.0/33', false],
    ['fd00::/48', false],
  ])('%s is allowed: %s', (space, allowed) => {
    expect(isAddressSpace(space)).toBe(allowed);
  });

  it('gives its /24 ranges in order', () => {
    expect([0, 1, 300].map(index => subnetOf('10.40.0.0/13', index))).toEqual([
      '10.40.0.0/24',
      '10.40.1.0/24',
      '10.41.44.0/24',
    ]);
  });

  it('gives subnets that themselves lie in private ranges, whatever the space', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 255 }), fc.integer({ min: 0, max: 63 }), (second, quarter) => {
        const space = `10.${second}.${quarter * 4}.0/22`;
        expect(isAddressSpace(space)).toBe(true);
        expect([0, 1].map(index => subnetOf(space, index))).toEqual([
          `10.${second}.${quarter * 4}.0/24`,
          `10.${second}.${quarter * 4 + 1}.0/24`,
        ]);
      }),
    );
  });
});

describe('the subnet of hosts', () => {
  it('has 251 addresses, of which each machine takes one, and each balancer', () => {
    const twenties = (hosts: number): number[] => Array.from({ length: hosts }, () => 20);
    expect(hostSubnetProblem([...twenties(11), 19])).toBeUndefined();
    expect(hostSubnetProblem([...twenties(11), 19, 1])).toBe(
      'machines and balancers on Azure take 252 addresses, and their subnet has 251: use fewer and larger sizes, or a network of your own with a larger subnet (azure.existing)',
    );
  });
});
