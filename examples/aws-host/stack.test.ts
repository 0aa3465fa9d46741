import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { ClassifierStack } from './stack';

it('a function may read the key of the host, and nothing else of it', () => {
  const template = Template.fromStack(new ClassifierStack(new App(), 'classifier'));
  template.hasResourceProperties('AWS::Lambda::Function', {
    Environment: {
      Variables: { OPENAI_BASE_URL: 'https://classifier.models.internal:8443/v1', MODEL: 'intents' },
    },
  });
  const counts = Object.values(template.toJSON().Resources as Record<string, { Type: string }>).reduce<
    Record<string, number>
  >((sums, { Type }) => ({ ...sums, [Type]: (sums[Type] ?? 0) + 1 }), {});
  expect(counts).toMatchSnapshot();
});
