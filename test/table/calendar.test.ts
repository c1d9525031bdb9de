import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dateText, intervalText, timestampText, timeText } from '../../shared/table/calendar';

describe('days', () => {
  it('are those of Date, where Date reaches', () => {
    fc.assert(
      fc.property(fc.integer({ min: -719_528, max: 2_932_896 }), (days) => {
        expect(dateText(days)).toBe(new Date(days * 86_400_000).toISOString().slice(0, 10));
      }),
    );
  });

  it('go on beyond it', () => {
    expect(dateText(2_932_897)).toBe('+10000-01-01');
    expect(dateText(-719_529)).toBe('-0001-12-31');
    expect(dateText(2_147_483_647)).toBe('+5881580-07-11');
    expect(dateText(-2_147_483_648)).toBe('-5877641-06-23');
  });

  it('before 1582-10-15 are Julian in a hybrid calendar', () => {
    expect(dateText(-141_427, 'hybrid')).toBe('1582-10-15');
    expect(dateText(-141_428, 'hybrid')).toBe('1582-10-04');
    expect(dateText(-141_428)).toBe('1582-10-14');
    // 1500 was a leap year for Caesar, not for Gregory.
    expect(dateText(-171_596, 'hybrid')).toBe('1500-02-29');
  });
});

describe('moments', () => {
  it('keep every digit, and no zero too many', () => {
    expect(timestampText(0n, 6)).toBe('1970-01-01T00:00:00');
    expect(timestampText(-1n, 6)).toBe('1969-12-31T23:59:59.999999');
    expect(timestampText(1_500n, 3)).toBe('1970-01-01T00:00:01.5');
    expect(timestampText(1_709_251_199_123_456_789n, 9)).toBe('2024-02-29T23:59:59.123456789');
    expect(timestampText(9_223_372_036_854_775_807n, 6)).toBe('+294247-01-10T04:00:54.775807');
    expect(timeText(86_399_999_999n, 6)).toBe('23:59:59.999999');
  });

  it('are those of Date with the rest of their digits, of any length, with and without a zone', () => {
    const second = fc.integer({ min: -62_000_000_000, max: 250_000_000_000 });
    // As many zeros at the end as there are digits: each length is as likely.
    const fraction = fc.tuple(fc.nat(999_999_999), fc.nat(9)).map(([nanos, zeros]) => nanos - (nanos % 10 ** zeros));
    const digits = fc.constantFrom(3 as const, 6 as const, 9 as const);
    const zone = fc.constantFrom('' as const, 'Z' as const);
    fc.assert(
      fc.property(second, fraction, digits, zone, (seconds, nanos, unit, mark) => {
        const rest = Math.floor(nanos / 10 ** (9 - unit));
        const text = rest === 0 ? '' : `.${rest.toString().padStart(unit, '0').replace(/0+$/, '')}`;
        const expected = `${new Date(seconds * 1000).toISOString().slice(0, -5)}${text}${mark}`;
        expect(timestampText(BigInt(seconds) * BigInt(10 ** unit) + BigInt(rest), unit, 'proleptic', mark)).toBe(expected);
        const count = seconds * 10 ** unit + rest;
        if (Number.isSafeInteger(count)) expect(timestampText(count, unit, 'proleptic', mark)).toBe(expected);
      }),
      { numRuns: 2000 },
    );
  });

  it('are the same of a number and of a big integer, at the borders of days and seconds too', () => {
    for (const digits of [3, 6, 9] as const) {
      const second = 10 ** digits;
      const day = 86_400 * second;
      const last = Math.floor(Number.MAX_SAFE_INTEGER / day);
      for (const days of [0, 1, -1, 59, -719_162, 19_723, last, -last]) {
        for (const rest of [0, 1, -1, second, second - 1, 12_345 * second + 500]) {
          const count = days * day + rest;
          if (!Number.isSafeInteger(count)) continue;
          expect(timestampText(count, digits)).toBe(timestampText(BigInt(count), digits));
        }
      }
    }
    expect(timestampText(-1, 9)).toBe('1969-12-31T23:59:59.999999999');
    expect(timeText(3_600_000, 3)).toBe('01:00:00');
    expect(timeText(3_600_010, 3)).toBe('01:00:00.01');
  });
});

describe('intervals', () => {
  it('read like Spark', () => {
    expect(intervalText(93_784_000_005n, 'interval day to second')).toBe("INTERVAL '1 02:03:04.000005' DAY TO SECOND");
    expect(intervalText(-93_784_000_000n, 'interval day to second')).toBe("INTERVAL '-1 02:03:04' DAY TO SECOND");
    expect(intervalText(7_384_000_000n, 'interval hour to second')).toBe("INTERVAL '02:03:04' HOUR TO SECOND");
    expect(intervalText(-17n, 'interval year to month')).toBe("INTERVAL '-1-5' YEAR TO MONTH");
    expect(intervalText(24n, 'interval year')).toBe("INTERVAL '2' YEAR");
  });
});
