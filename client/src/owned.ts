/** Something its owner disposes of, whatever class it is of. */
export interface Owned {
  dispose(): unknown;
}

export function disposeAll(owned: readonly Owned[]): void {
  for (const one of owned) one.dispose();
}
