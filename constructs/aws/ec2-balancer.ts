import { Duration } from 'aws-cdk-lib';
import { Peer, Port, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import type { ISubnet, IVpc } from 'aws-cdk-lib/aws-ec2';
import { NetworkLoadBalancer, Protocol } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Construct } from 'constructs';
import type { IEc2Machine } from './ec2-machine';

interface Ec2BalancerProps {
  readonly vpc: IVpc;
  readonly subnets: readonly ISubnet[];
  /** TLS ports; each has a health check of its own, at `/health`. */
  readonly ports: readonly number[];
  readonly machines: readonly IEc2Machine[];
}

/** An internal network load balancer that leaves out instances whose model is not healthy. */
export class Ec2Balancer extends Construct {
  readonly balancer: NetworkLoadBalancer;

  constructor(scope: Construct, id: string, props: Ec2BalancerProps) {
    super(scope, id);
    const { vpc, ports, machines } = props;
    const securityGroup = new SecurityGroup(this, 'SecurityGroup', {
      vpc,
      description: 'Callers of small language models',
      allowAllOutbound: false,
    });
    this.balancer = new NetworkLoadBalancer(this, 'Resource', {
      vpc,
      vpcSubnets: { subnets: [...props.subnets] },
      internetFacing: false,
      crossZoneEnabled: true,
      securityGroups: [securityGroup],
    });
    for (const port of ports) {
      const network = Peer.ipv4(vpc.vpcCidrBlock);
      securityGroup.addIngressRule(network, Port.tcp(port), 'TLS from the network');
      securityGroup.addEgressRule(network, Port.tcp(port), 'TLS to the hosts');
      this.balancer
        .addListener(`Listener${port}`, { port, protocol: Protocol.TCP })
        .addTargets(`Hosts${port}`, {
          port,
          protocol: Protocol.TCP,
          targets: machines.map(machine => machine.target(port)),
          healthCheck: {
            protocol: Protocol.HTTPS,
            port: String(port),
            path: '/health',
            interval: Duration.seconds(10),
          },
        });
    }
  }
}
