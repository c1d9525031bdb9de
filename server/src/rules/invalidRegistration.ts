import type { Problem, Rule, RuleContext } from './rule';
import { callFlaws } from './registrationFlaws/calls';
import { columnFlaws } from './registrationFlaws/columns';
import { credentialFlaws } from './registrationFlaws/credentials';
import { propertyFlaws } from './registrationFlaws/properties';
import { trainingSetFlaws } from './registrationFlaws/trainingSets';

export const invalidRegistration: Rule = {
  id: 'invalid-registration',
  severity: 'error',
  documentation: {
    summary: 'A registration is given values that Featureform refuses.',
    details: `The client checks the values of some arguments only when they are used, and its messages do not always say where. This rule covers:

- features and labels of \`register_resources\` without a column, a type or a name, and calls with neither features nor labels;
- an S3 bucket as the inference store: it cannot serve values;
- \`source[[…]]\` with fewer than two or more than three columns, and a timestamp column that is given twice;
- variants whose key differs from the variant of the feature, vectors without dimensions, columns both included and excluded;
- training sets without a label or without features, with several labels, with a tuple of one element, with a lag that is no
  \`timedelta\`, or with a type that is no \`TrainingSetType\`;
- properties that are no strings;
- credentials whose values have a form that is refused;
- \`ff.get_spark(…).register_file\`: that provider knows nothing of its file store, \`client.get_spark(…)\` does;
- methods that a provider does not have.`,
    bad: `fraud = ff.register_training_set("fraud", variant="v1", features=[("average",)], label=("fraudulent", "v1"))`,
    good: `fraud = ff.register_training_set("fraud", variant="v1", features=[("average", "v1")], label=("fraudulent", "v1"))`,
    covers: ['F2', 'F3', 'F4', 'F5', 'F6', 'F12', 'F15', 'P2', 'P6'],
  },
  *check(context: RuleContext): Iterable<Problem> {
    yield* callFlaws(context);
    for (const registration of context.file.definitions.registrations) {
      yield* columnFlaws(registration, context);
      yield* trainingSetFlaws(registration, context);
      yield* propertyFlaws(registration, context);
      yield* credentialFlaws(registration, context);
    }
  },
};
