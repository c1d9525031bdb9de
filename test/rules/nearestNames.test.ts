import { expect, test } from 'vitest';
import { editDistance, nearestNames } from '../../server/src/rules/nearestNames';

test.each([
  ['', '', 0],
  ['', 'abc', 3],
  ['abc', 'abc', 0],
  ['abc', 'acb', 1],
  ['abc', 'ab', 1],
  ['abc', 'xbcd', 2],
  ['transactions', 'transactoins', 1],
])('%j and %j are %i edits apart', (a, b, distance) => {
  expect(editDistance(a, b)).toBe(distance);
  expect(editDistance(b, a)).toBe(distance);
});

test('names are offered nearest first, then by the alphabet, and only when they are near enough', () => {
  expect(nearestNames('payments', ['refunds', 'payment', 'Payments', 'paymnets', 'paymentsxy', 'payments'])).toEqual([
    'Payments',
    'payment',
    'paymnets',
  ]);
  expect(nearestNames('ab', ['cd', 'ax'])).toEqual(['ax']);
});
