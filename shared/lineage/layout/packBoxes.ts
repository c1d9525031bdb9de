// Where the parts of a drawing stand that no edge connects: on shelves, one below the other.

export interface Box {
  readonly width: number;
  readonly height: number;
}

export interface PackedBoxes {
  /** The left upper corner of each box. */
  readonly places: readonly { readonly x: number; readonly y: number }[];
  readonly width: number;
  readonly height: number;
}

/** About the shape of a window. */
const aspect = 1.6;

/** @param boxes in the order in which they are put on the shelves. */
export function packBoxes(boxes: readonly Box[], gap: number): PackedBoxes {
  const area = boxes.reduce((sum, { width, height }) => sum + (width + gap) * (height + gap), 0);
  const limit = boxes.reduce((most, { width }) => Math.max(most, width), Math.sqrt(area * aspect));
  const places: { readonly x: number; readonly y: number }[] = [];
  let [x, y, shelf, widest] = [0, 0, 0, 0];
  for (const { width, height } of boxes) {
    if (x > 0 && x + width > limit) {
      y += shelf + gap;
      x = shelf = 0;
    }
    places.push({ x, y });
    widest = Math.max(widest, x + width);
    x += width + gap;
    shelf = Math.max(shelf, height);
  }
  return { places, width: widest, height: y + shelf };
}
