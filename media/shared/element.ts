// Making elements of the page.

/** An element with attributes (`class`, `role`, `aria-…`), texts and children. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

export function button(content: Node | string, attributes: Readonly<Record<string, string>> = {}, onClick?: () => void): HTMLButtonElement {
  const made = element('button', { type: 'button', ...attributes }, content);
  if (onClick) made.addEventListener('click', onClick);
  return made;
}
