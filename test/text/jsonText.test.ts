import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type JsonNode, mappedStringOf, parseJson, stringValueOf } from '../../server/src/text/jsonText';

function valueOf(text: string, node: JsonNode): unknown {
  switch (node.kind) {
    case 'object':
      return Object.fromEntries([...node.members].map(([name, member]) => [name, valueOf(text, member)]));
    case 'array':
      return node.items.map((item) => valueOf(text, item));
    case 'string':
      return stringValueOf(text, node);
    case 'other':
      return JSON.parse(text.slice(node.span.start, node.span.end));
  }
}

describe('JSON with places', () => {
  it('reads what JSON.parse reads', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), fc.constantFrom(0, 1, 2), (json, indent) => {
        const text = JSON.stringify(JSON.parse(json), undefined, indent);
        const node = parseJson(text);
        if (!('kind' in node)) throw new Error(node.message);
        expect(JSON.stringify(valueOf(text, node))).toBe(JSON.stringify(JSON.parse(text)));
      }),
    );
  });

  it('refuses what JSON.parse refuses', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 3 }), fc.nat(), fc.constantFrom('', ',', '"', '}', '\\', '\n', '1', '{'), (json, at, insert) => {
        const place = at % (json.length + 1);
        const text = json.slice(0, place) + insert + json.slice(place + 1);
        let valid = true;
        try {
          JSON.parse(text);
        } catch {
          valid = false;
        }
        expect('kind' in parseJson(text)).toBe(valid);
      }),
    );
  });

  it.each([
    ['', 0, 'a value was expected'],
    ['{"a" 1}', 5, '":" was expected'],
    ['[1 2]', 3, '"," or "]" was expected'],
    ['{"a": 1', 7, '"," or "}" was expected'],
    ['{a: 1}', 1, 'a string in double quotes was expected'],
    ['["a]', 4, 'the string has no end'],
    ['["\\x"]', 2, 'this is no escape of JSON'],
    ['[] x', 3, 'nothing more was expected'],
    ['['.repeat(500), 201, 'it is nested too deeply'],
  ])('says of %j at %i that %s', (text, offset, message) => {
    expect(parseJson(text)).toEqual({ offset, message });
  });

  it('knows where each character of a string was written', () => {
    const text = '"a\\n\\u00e9b\\"c"';
    const node = parseJson(text);
    if (!('kind' in node)) throw new Error(node.message);
    const mapped = mappedStringOf(text, 'file:///x', node);
    expect(mapped.value).toBe('a\néb"c');
    const places = Array.from({ length: mapped.value.length }, (_, at) => mapped.sourceLocation({ start: at, end: at + 1 })?.span);
    expect(places.map((span) => text.slice(span?.start, span?.end))).toEqual(['a', '\\n', '\\u00e9', 'b', '\\"', 'c']);
  });
});
