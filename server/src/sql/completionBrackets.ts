// What a parenthesis opens in front of a cursor, and what is expected behind a comma.

import { fresh, type Frame, type FrameKind, newFrame } from './completionFrames';
import { isNameToken, isQueryAt } from './keywords';
import type { Token } from './tokens';

/** The frame of the parenthesis at a token; the frame around it goes on behind its end. */
export function openedBy(tokens: readonly Token[], at: number, top: Frame): Frame {
  let held: Frame;
  const before = tokens[at - 1];
  const group = { kind: 'group', ...fresh, canBeQuery: true } as const;
  const opensWithQuery = top.first && top.canBeQuery;
  top.opensWithQuery = opensWithQuery;
  switch (top.expects) {
    case 'query':
    case 'plainQuery':
    case 'setQuery':
    case 'cteEnd':
      Object.assign(top, { expects: 'clauseEnd', clause: 'body', first: false });
      return newFrame({ kind: 'query', expects: 'query' });
    case 'operand':
    case 'bound':
      Object.assign(top, { expects: 'operator', last: 'value', first: false });
      return newFrame(group);
    case 'relation':
    case 'lateral':
      Object.assign(top, { expects: 'afterRelation', called: '', first: false });
      return newFrame({ kind: 'relationGroup', clause: 'from', expects: 'relation', canBeQuery: true });
    case 'open':
      top.expects = top.then;
      held = heldBy(top.opens, top.called);
      // What a call makes is no table with versions.
      if (top.opens === 'call') top.called = '';
      return held;
    case 'cteAs':
      if (!isQueryAt(tokens, at + 1)) break;
      top.expects = 'cteEnd';
      return newFrame({ kind: 'query', expects: 'query' });
    case 'over':
    case 'windowSpec':
      top.expects = top.expects === 'over' ? 'operator' : 'clauseEnd';
      return newFrame({ kind: 'window', expects: 'windowStart' });
    case 'hintEnd':
      return newFrame({ kind: 'hintArguments', expects: 'relationName' });
    case 'operator':
    case 'afterRelation':
      if (before !== undefined && isNameToken(before) && top.last !== 'type') {
        const name = before.kind === 'word' ? before.key : '';
        if (name === 'CUBE' || name === 'ROLLUP' || name === 'SETS') {
          top.expects = 'clauseEnd';
          return newFrame(group);
        }
        Object.assign(top, top.expects === 'operator' ? { called: name, last: 'call' } : { called: '' });
        return newFrame({ kind: 'call', ...fresh, name });
      }
      // `explode(items) (item)` names the column.
      if (top.expects === 'operator' && top.clause === 'select' && top.kind === 'query') top.expects = 'aliased';
      break;
    case 'columnName':
      if (top.kind === 'unpivotColumns') Object.assign(top, { expects: 'operator', last: 'value' });
      return newFrame({ kind: 'columns', expects: 'columnName' });
    case 'newName':
      top.expects = top.then;
      break;
    default:
      break;
  }
  return newFrame({ kind: 'names', expects: 'newName', then: 'nothing' });
}

/** The frame of a kind, where nothing stands in it yet. */
function heldBy(kind: FrameKind, name: string): Frame {
  switch (kind) {
    case 'query':
      return newFrame({ kind, expects: 'query' });
    case 'group':
      return newFrame({ kind, ...fresh, canBeQuery: true });
    case 'call':
      return newFrame({ kind, ...fresh, name });
    case 'filter':
      return newFrame({ kind, expects: 'filterStart' });
    case 'withinGroup':
      return newFrame({ kind, expects: 'withinStart' });
    case 'columns':
    case 'unpivotColumns':
      return newFrame({ kind, expects: 'columnName' });
    case 'unpivot':
      return newFrame({ kind, expects: 'newName', then: 'unpivotFor' });
    default:
      return newFrame(kind === 'names' ? { kind, expects: 'nothing' } : { kind, ...fresh });
  }
}

/** The next item of a list begins. */
export function startItem(top: Frame): void {
  top.first = false;
  top.opensWithQuery = false;
  switch (top.kind) {
    case 'names':
      Object.assign(top, { expects: 'newName', then: 'nothing' });
      return;
    case 'hints':
      top.expects = 'hint';
      return;
    case 'hintArguments':
      top.expects = 'relationName';
      return;
    case 'columns':
    case 'unpivotColumns':
      top.expects = 'columnName';
      return;
    case 'typeArguments':
      Object.assign(top, top.clause === 'with' ? { expects: 'newName', then: 'fieldType' } : { expects: 'type' });
      return;
    case 'query':
    case 'relationGroup':
      startOfClause(top);
      return;
    default:
      // A call with commas has no words between its arguments.
      Object.assign(top, fresh, { separated: 9 });
  }
}

function startOfClause(top: Frame): void {
  switch (top.clause) {
    case 'with':
      Object.assign(top, { expects: 'newName', then: 'cteAs' });
      return;
    case 'from':
    case 'on':
      Object.assign(top, { clause: 'from', expects: 'relation', join: false });
      return;
    case 'fromValues':
      Object.assign(top, fresh);
      return;
    case 'window':
      Object.assign(top, { expects: 'newName', then: 'windowAs' });
      return;
    case 'lateralView':
      Object.assign(top, { expects: 'newName', then: 'clauseEnd' });
      return;
    case 'body':
      if (top.expects === 'columnName') return;
      break;
    default:
      break;
  }
  Object.assign(top, fresh);
}
