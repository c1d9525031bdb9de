// Where something that lies over the page stands: below an element, or at a point, but inside the window.

export type Place = HTMLElement | { readonly x: number; readonly y: number };

const margin = 4;

export function placeAt(root: HTMLElement, place: Place): void {
  const { x, top, bottom } = place instanceof HTMLElement ? below(place) : { x: place.x, top: place.y, bottom: place.y };
  const { width, height } = root.getBoundingClientRect();
  const fits = bottom + height + margin <= window.innerHeight;
  root.style.left = `${Math.max(margin, Math.min(x, window.innerWidth - width - margin))}px`;
  root.style.top = `${Math.max(margin, fits ? bottom : Math.min(top - height, window.innerHeight - height - margin))}px`;
}

function below(anchor: HTMLElement): { readonly x: number; readonly top: number; readonly bottom: number } {
  const { left, top, bottom } = anchor.getBoundingClientRect();
  return { x: left, top: top - 2, bottom: bottom + 2 };
}
