import { CfnWaitCondition, CfnWaitConditionHandle } from 'aws-cdk-lib';
import { CfnAssociation, CfnDocument } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import type { IDependable } from 'constructs';
import { recipeSeconds, signalParameter } from '../host/engine';
import type { InstanceDocument } from '../host/engine';

/** How the names of a host's documents begin. */
export const documentPrefix = (host: string): string => `berth-${host}-`;

/**
 * The document of a host that has this content. Its name holds the digest, so that another recipe is another document, and the one before
 * stands until every instance has the new one.
 */
function documentOf(host: Construct, prefix: string, document: InstanceDocument): CfnDocument {
  const id = `Recipe-${document.digest}`;
  return (
    (host.node.tryFindChild(id) as CfnDocument | undefined) ??
    new CfnDocument(host, id, {
      name: `${prefix}${document.digest}`,
      documentType: 'Command',
      documentFormat: 'JSON',
      content: document.content,
    })
  );
}

interface Ec2RecipeProps {
  /** The host, under which its instances share documents. */
  readonly host: Construct;
  /** How the names of its documents begin. */
  readonly prefix: string;
  readonly document: InstanceDocument;
  /** Which instances: one by its id, or those of a scaling group. */
  readonly target: { readonly key: 'InstanceIds' | 'tag:aws:autoscaling:groupName'; readonly value: string };
}

/**
 * Brings one instance its recipe by an association of the State Manager, and waits until the instance says that each model gave a token. The
 * association stays when the recipe changes, so that a deploy that fails takes it back, and the instance with it. What waits cannot be
 * waited for twice: it is another one with each recipe.
 */
export class Ec2Recipe extends Construct {
  /** What is complete once the instance has its recipe. */
  readonly served: IDependable;

  constructor(scope: Construct, id: string, { host, prefix, document, target }: Ec2RecipeProps) {
    super(scope, id);
    const handle = new CfnWaitConditionHandle(this, `Handle-${document.digest}`);
    const association = new CfnAssociation(this, 'Resource', {
      name: documentOf(host, prefix, document).ref,
      targets: [{ key: target.key, values: [target.value] }],
      parameters: { [signalParameter]: [handle.ref] },
      scheduleExpression: 'rate(30 minutes)',
    });
    const served = new CfnWaitCondition(this, `Served-${document.digest}`, {
      handle: handle.ref,
      timeout: String(recipeSeconds + 600),
      count: 1,
    });
    served.addResourceDependency(association);
    this.served = served;
  }
}
