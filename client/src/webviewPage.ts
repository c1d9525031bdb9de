// The pages that webviews show. Nothing may be loaded or run in one but its own script and style.

export interface WebviewPageAssets {
  readonly script: string;
  readonly style: string;
  /** The origin that the host serves the style from, as its content security policy source. */
  readonly cspSource: string;
  readonly nonce: string;
  readonly title: string;
}

export interface WebviewPage extends WebviewPageAssets {
  /** The element that the script fills, with what it is told by `data-…` attributes. */
  readonly main: { readonly id: string; readonly data?: Readonly<Record<string, string>> };
  /** Directives of the content security policy besides those for the script and the style. */
  readonly policy?: readonly string[];
}

export function webviewPage({ script, style, cspSource, nonce, title, main, policy = [] }: WebviewPage): string {
  const directives = [`default-src 'none'`, `style-src ${cspSource}`, `script-src 'nonce-${nonce}'`, ...policy];
  const data = Object.entries(main.data ?? {}).map(([name, value]) => ` data-${name}="${escapeHtml(value)}"`);
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeHtml(directives.join('; '))}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<link rel="stylesheet" href="${escapeHtml(style)}">
</head>
<body>
<main id="${escapeHtml(main.id)}"${data.join('')}></main>
<script nonce="${escapeHtml(nonce)}" src="${escapeHtml(script)}"></script>
</body>
</html>`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
