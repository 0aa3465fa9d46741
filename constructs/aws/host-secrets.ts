import type { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { CfnSecret, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { SecretNames } from '../host/engine';
import { secretNames } from './ec2-address';

const descriptions: Readonly<Record<keyof SecretNames, string>> = {
  apiKey: 'API key of the models on this host',
  tls: 'Private key and certificate of this host',
  certificate: 'Certificate of this host, for clients to trust',
};

/** The secrets of a host, as its callers get to them. */
export interface IHostSecrets {
  /** Lets the grantee read the key and the certificate. */
  grantCaller(grantee: IGrantable): Grant;
}

const grantCaller = (apiKey: ISecret, certificate: ISecret, grantee: IGrantable): Grant =>
  apiKey.grantRead(grantee).combine(certificate.grantRead(grantee));

/** The secrets of a host, made without a value: the host fills them at boot, so no key is in a template. */
export class HostSecrets extends Construct implements IHostSecrets {
  private readonly secrets: Readonly<Record<keyof SecretNames, ISecret>>;

  constructor(scope: Construct, id: string, host: string) {
    super(scope, id);
    const names = secretNames(host);
    this.secrets = {
      apiKey: this.add('ApiKey', names.apiKey, descriptions.apiKey),
      tls: this.add('Tls', names.tls, descriptions.tls),
      certificate: this.add('Certificate', names.certificate, descriptions.certificate),
    };
  }

  /** ARNs of all of them. */
  get arns(): string[] {
    return Object.values(this.secrets).map(secret => secret.secretArn);
  }

  grantCaller(grantee: IGrantable): Grant {
    return grantCaller(this.secrets.apiKey, this.secrets.certificate, grantee);
  }

  /** The L1: the L2 always generates a value. */
  private add(id: string, name: string, description: string): ISecret {
    const secret = new CfnSecret(this, id, { name, description });
    return Secret.fromSecretCompleteArn(this, `${id}Value`, secret.ref);
  }
}

/** The secrets of a host that another stack makes. */
export class ImportedHostSecrets extends Construct implements IHostSecrets {
  private readonly apiKey: ISecret;
  private readonly certificate: ISecret;

  constructor(scope: Construct, id: string, host: string) {
    super(scope, id);
    const names = secretNames(host);
    this.apiKey = Secret.fromSecretNameV2(this, 'ApiKey', names.apiKey);
    this.certificate = Secret.fromSecretNameV2(this, 'Certificate', names.certificate);
  }

  grantCaller(grantee: IGrantable): Grant {
    return grantCaller(this.apiKey, this.certificate, grantee);
  }
}
