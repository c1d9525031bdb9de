// The one list of rules, in the order of their documentation.

import { dependencyCycle } from './dependencyCycle';
import { discardedDataframe } from './discardedDataframe';
import { inputCountMismatch } from './inputCountMismatch';
import { invalidInputs } from './invalidInputs';
import { malformedTemplate } from './malformedTemplate';
import { missingVariant } from './missingVariant';
import { noTemplate } from './noTemplate';
import { pythonSyntaxError } from './pythonSyntaxError';
import { returnsNoDataframe } from './returnsNoDataframe';
import type { Rule } from './rule';
import { templateInLiteral } from './templateInLiteral';
import { unknownSource } from './unknownSource';
import { unknownVariant } from './unknownVariant';
import { unusedInput } from './unusedInput';

export const allRules: readonly Rule[] = [
  malformedTemplate,
  noTemplate,
  unknownSource,
  unknownVariant,
  missingVariant,
  templateInLiteral,
  dependencyCycle,
  inputCountMismatch,
  invalidInputs,
  returnsNoDataframe,
  discardedDataframe,
  unusedInput,
  pythonSyntaxError,
];
