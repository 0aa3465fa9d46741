import { Lb } from '@cdktf/provider-azurerm/lib/lb';
import { LbBackendAddressPool } from '@cdktf/provider-azurerm/lib/lb-backend-address-pool';
import { LbProbe } from '@cdktf/provider-azurerm/lib/lb-probe';
import { LbRule } from '@cdktf/provider-azurerm/lib/lb-rule';
import { NetworkInterfaceBackendAddressPoolAssociation } from '@cdktf/provider-azurerm/lib/network-interface-backend-address-pool-association';
import { Construct } from 'constructs';
import { ipConfigurationName } from './host-machine';
import type { HostMachine } from './host-machine';
import { literals } from '../literals';

interface LoadBalancerProps {
  readonly name: string;
  readonly resourceGroupName: string;
  readonly location: string;
  readonly subnetId: string;
  /** TLS ports; each has a health check of its own, at `/health`. */
  readonly ports: readonly number[];
  readonly machines: readonly HostMachine[];
}

const frontend = 'internal';

/** An internal load balancer that leaves out machines whose model is not healthy. */
export class LoadBalancer extends Construct {
  readonly privateIpAddress: string;

  constructor(scope: Construct, id: string, props: LoadBalancerProps) {
    super(scope, id);
    const balancer = new Lb(
      this,
      'Resource',
      literals({
        name: props.name,
        resourceGroupName: props.resourceGroupName,
        location: props.location,
        sku: 'Standard',
        frontendIpConfiguration: [
          { name: frontend, subnetId: props.subnetId, privateIpAddressAllocation: 'Dynamic' },
        ],
      }),
    );
    const pool = new LbBackendAddressPool(
      this,
      'Pool',
      literals({ name: 'hosts', loadbalancerId: balancer.id }),
    );
    props.machines.forEach((machine, index) => {
      new NetworkInterfaceBackendAddressPoolAssociation(
        this,
        `Member${index + 1}`,
        literals({
          networkInterfaceId: machine.networkInterfaceId,
          ipConfigurationName,
          backendAddressPoolId: pool.id,
        }),
      );
    });
    for (const port of props.ports) this.addRule(balancer, pool, port);
    this.privateIpAddress = balancer.privateIpAddress;
  }

  private addRule(balancer: Lb, pool: LbBackendAddressPool, port: number): void {
    const probe = new LbProbe(
      this,
      `Probe${port}`,
      literals({
        name: `health-${port}`,
        loadbalancerId: balancer.id,
        protocol: 'Https',
        port,
        requestPath: '/health',
        intervalInSeconds: 5,
        probeThreshold: 2,
      }),
    );
    new LbRule(
      this,
      `Rule${port}`,
      literals({
        name: `tls-${port}`,
        loadbalancerId: balancer.id,
        protocol: 'Tcp',
        frontendPort: port,
        backendPort: port,
        frontendIpConfigurationName: frontend,
        backendAddressPoolIds: [pool.id],
        probeId: probe.id,
        // A streamed answer may pause between tokens for as long as a prompt takes to read.
        idleTimeoutInMinutes: 30,
      }),
    );
  }
}
