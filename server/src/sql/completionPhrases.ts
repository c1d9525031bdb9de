// Which keywords may stand at a place of a query, in the order in which they are offered, and where they lead.

import { clausesAfter, PLAIN_QUERY, QUERY, RELATION, relationEnd, SET_QUERY, turnedInto } from './completionClauses';
import {
  aliasedPhrases,
  FRAMES,
  intervalTo,
  operandPhrases,
  operatorPhrases,
  unitsAfter,
  unpivotPart,
  boundsOf,
} from './completionExpressions';
import { type Expects, type Frame, fresh, hidden, phrase, type Phrase, phrases } from './completionFrames';

/** The phrases that may stand next in a frame. */
export function phrasesOf(frame: Frame): readonly Phrase[] {
  switch (frame.expects) {
    case 'query':
      return QUERY;
    case 'plainQuery':
    case 'cteEnd':
      return PLAIN_QUERY;
    case 'setQuery':
      return SET_QUERY;
    case 'operand':
      return operandPhrases(frame);
    case 'operator':
      return operatorPhrases(frame);
    case 'aliased':
      return aliasedPhrases(frame);
    case 'relation':
      return frame.canBeQuery && frame.first ? [...RELATION, ...turnedInto(QUERY)] : RELATION;
    case 'afterRelation':
    case 'aliasedRelation':
    case 'joinEnd':
      return relationEnd(frame);
    case 'viewAs':
      return [...VIEW_AS, ...clausesAfter(frame)];
    case 'clauseEnd':
      return clausesAfter(frame);
    case 'unit':
      return frame.last === 'value' ? [...unitsAfter(frame.called), ...operatorPhrases(frame)] : unitsAfter(frame.called);
    case 'lastUnit':
      return intervalTo(frame.called);
    case 'unpivotFor':
      return unpivotPart(frame);
    case 'bound':
      return boundsOf(frame);
    default:
      return FIXED[frame.expects] ?? [];
  }
}

const VIEW_AS: readonly Phrase[] = [phrase('AS', { expects: 'newName', then: 'clauseEnd' })];

/** Where the same may stand whatever came before. */
const FIXED: Partial<Record<Expects, readonly Phrase[]>> = {
  cteAs: [phrase('AS', { expects: 'open', opens: 'query', then: 'cteEnd' })],
  generator: [phrase('OUTER', {})],
  viewName: [phrase('AS', { expects: 'newName', then: 'clauseEnd' })],
  windowAs: [phrase('AS', { expects: 'windowSpec' })],
  windowStart: [
    phrase('PARTITION BY', { clause: 'partitionBy', ...fresh }),
    phrase('ORDER BY', { clause: 'orderBy', ...fresh }),
    ...FRAMES,
    ...['DISTRIBUTE BY', 'CLUSTER BY'].map((words) => hidden(words, { clause: 'partitionBy', ...fresh })),
    hidden('SORT BY', { clause: 'orderBy', ...fresh }),
  ],
  boundAnd: [phrase('AND', { clause: 'frameHigh', expects: 'bound' })],
  filterStart: [phrase('WHERE', { clause: 'where', ...fresh })],
  withinStart: [phrase('ORDER BY', { clause: 'orderBy', ...fresh })],
  pipe: [
    ...phrases(['SELECT', 'EXTEND', 'SET'], { clause: 'select', ...fresh, first: true }),
    phrase('WHERE', { clause: 'where', ...fresh }),
    phrase('AGGREGATE', { clause: 'aggregate', ...fresh }),
    phrase('ORDER BY', { clause: 'orderBy', ...fresh }),
    phrase('DROP', { clause: 'body', expects: 'columnName' }),
    phrase('AS', { clause: 'body', expects: 'newName', then: 'clauseEnd' }),
    phrase('LIMIT', { clause: 'limit', ...fresh }),
    phrase('OFFSET', { clause: 'offset', ...fresh }),
  ],
};
