import { Aspects } from 'cdktf';
import type { IConstruct } from 'constructs';
import { literals } from '../constructs/literals';

type Tags = Readonly<Record<string, string>>;

/** What the generated bindings offer on every resource that takes tags. */
interface Taggable {
  tags: Tags;
  readonly tagsInput: Tags | undefined;
}

/** Puts the tags on every resource below the scope that takes any; a resource's own tags win. */
export function tagEverything(scope: IConstruct, tags: Tags): void {
  const added = literals(tags);
  Aspects.of(scope).add({
    visit(node: IConstruct) {
      if (isTaggable(node)) node.tags = { ...added, ...node.tagsInput };
    },
  });
}

function isTaggable(node: IConstruct): node is IConstruct & Taggable {
  return 'tagsInput' in node;
}
