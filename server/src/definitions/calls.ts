// A call while a file is read: if it is one of Featureform's API, what it registers and the object it returns.

import type { Call } from '../python/ast';
import type { Value } from '../python/values';
import { callableOfAnyEra, inFeatureform, nameInFeatureform } from './access';
import { readEntityCall } from './entities';
import { noteEra } from './eraSigns';
import { callFunction } from './interpreter';
import { objectOf } from './objects';
import type { Reading } from './reading';
import { produce } from './produce';
import { readFileCall } from './queryFiles';
import type { Scope } from './scope';

/** The value of a call, or undefined for one that is not Featureform's and that constant folding may know. */
export function evaluateCall(reading: Reading, call: Call, callee: Value, scope: Scope): Value | undefined {
  if (callee.kind === 'function') return callFunction(reading, call, callee, scope);
  if (callee.kind === 'module' && inFeatureform(callee.path)) {
    reading.usesFeatureform = true;
    const name = nameInFeatureform(callee.path);
    const fact = callableOfAnyEra(reading, name);
    if (name === 'entity') {
      readEntityCall(reading, call, scope);
      return undefined;
    }
    if (fact === undefined) {
      reading.addFinding({ kind: 'unknown-attribute', span: nameSpan(call), name, owner: 'featureform' });
      return undefined;
    }
    const registration = reading.register(call, fact, fact.name, scope, { decorator: false });
    noteEra(reading, registration);
    return produce(reading, registration, fact);
  }
  if (callee.kind === 'module' && callee.path === 'functools.partial') {
    const [first] = call.arguments;
    const given = first === undefined ? undefined : objectOf(reading.evaluate(first.value, scope));
    if (given?.kind === 'method' && given.fact !== undefined) reading.openType('source');
    return undefined;
  }
  const object = objectOf(callee);
  if (object?.kind !== 'method') return readFileCall(reading, call, callee, scope);
  if (object.fact === undefined) {
    if (object.receiverClass !== undefined) {
      reading.addFinding({ kind: 'unknown-attribute', span: nameSpan(call), name: object.name, owner: object.receiverClass });
    }
    return undefined;
  }
  const registration = reading.register(call, object.fact, object.fact.name, scope, { receiver: object.receiver, decorator: false });
  noteEra(reading, registration);
  return produce(reading, registration, object.fact);
}

function nameSpan(call: Call): Call['span'] {
  return call.callee.kind === 'attribute' ? call.callee.nameSpan : call.callee.span;
}
