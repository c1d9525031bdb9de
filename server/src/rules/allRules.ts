// The one list of rules, in the order of their documentation.

import { decoratorWithoutCall } from './decoratorWithoutCall';
import { dependencyCycle } from './dependencyCycle';
import { discardedDataframe } from './discardedDataframe';
import { duplicateResource } from './duplicateResource';
import { foreignBucket } from './foreignBucket';
import { hardcodedSecret } from './hardcodedSecret';
import { ignoredArgument } from './ignoredArgument';
import { inputCountMismatch } from './inputCountMismatch';
import { invalidFeatureType } from './invalidFeatureType';
import { invalidInputs } from './invalidInputs';
import { invalidLocation } from './invalidLocation';
import { invalidName } from './invalidName';
import { invalidRegistration } from './invalidRegistration';
import { malformedTemplate } from './malformedTemplate';
import { missingArgument } from './missingArgument';
import { missingQueryFile } from './missingQueryFile';
import { missingVariant } from './missingVariant';
import { noTemplate } from './noTemplate';
import { notRemoteSafe } from './notRemoteSafe';
import { pythonSyntaxError } from './pythonSyntaxError';
import { returnsNoDataframe } from './returnsNoDataframe';
import type { Rule } from './rule';
import { sqlSyntaxError } from './sqlSyntaxError';
import { templateInLiteral } from './templateInLiteral';
import { unjoinableTrainingSet } from './unjoinableTrainingSet';
import { unknownArgument } from './unknownArgument';
import { unknownDecorator } from './unknownDecorator';
import { unknownResource } from './unknownResource';
import { unknownSource } from './unknownSource';
import { unknownVariant } from './unknownVariant';
import { unusedInput } from './unusedInput';
import { variantPrefixCollision } from './variantPrefixCollision';
import { wrongProvider } from './wrongProvider';

export const allRules: readonly Rule[] = [
  malformedTemplate,
  noTemplate,
  unknownSource,
  unknownVariant,
  missingVariant,
  templateInLiteral,
  duplicateResource,
  dependencyCycle,
  inputCountMismatch,
  invalidInputs,
  decoratorWithoutCall,
  unknownDecorator,
  notRemoteSafe,
  returnsNoDataframe,
  discardedDataframe,
  unusedInput,
  unknownArgument,
  missingArgument,
  ignoredArgument,
  wrongProvider,
  invalidName,
  variantPrefixCollision,
  invalidLocation,
  foreignBucket,
  hardcodedSecret,
  invalidFeatureType,
  invalidRegistration,
  unknownResource,
  unjoinableTrainingSet,
  pythonSyntaxError,
  sqlSyntaxError,
  missingQueryFile,
];
