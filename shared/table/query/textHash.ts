// A hash of 64 bits for texts, as two words, well mixed: for sketches and for finding equal keys, not against malice.

/** The words of the latest text; read them before the next. */
export const hashWords = new Uint32Array(2);

/** Two lanes over the UTF-16 units that take each unit mixed in its own way, and at the end each other. */
export function hashText(text: string): void {
  let a = 0x9e3779b9 ^ text.length;
  let b = 0x85ebca6b + text.length;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index) + 1;
    a ^= Math.imul(unit, 0xcc9e2d51);
    a = Math.imul((a << 13) | (a >>> 19), 0x1b873593) + unit;
    b = Math.imul(b ^ unit, 0x2545f491);
    b ^= b >>> 15;
  }
  const high = mix(a ^ mix(b));
  hashWords[0] = high;
  hashWords[1] = mix(b + Math.imul(high, 0x165667b1));
}

function mix(value: number): number {
  let mixed = value ^ (value >>> 16);
  mixed = Math.imul(mixed, 0x7feb352d);
  mixed ^= mixed >>> 15;
  mixed = Math.imul(mixed, 0x846ca68b);
  return mixed ^ (mixed >>> 16);
}
