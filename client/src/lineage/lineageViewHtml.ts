// The page that the lineage view lives in (`dist/lineage.js` and `.css`; `dist/lineageLayout.js` runs in a worker of it).

export interface LineageViewAssets {
  readonly script: string;
  readonly style: string;
  /** The script of the worker: fetched by the page and started from a blob, since workers of another origin are not allowed. */
  readonly worker: string;
  /** The origin that the host serves these from, as its content security policy source. */
  readonly cspSource: string;
  readonly nonce: string;
  readonly title: string;
}

export function lineageViewHtml({ script, style, worker, cspSource, nonce, title }: LineageViewAssets): string {
  const policy = [
    `default-src 'none'`,
    `style-src ${cspSource}`,
    `script-src 'nonce-${nonce}'`,
    `connect-src ${cspSource}`,
    `worker-src blob:`,
    // The drawing becomes a picture on its way to a PNG file.
    `img-src blob:`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeHtml(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<link rel="stylesheet" href="${escapeHtml(style)}">
</head>
<body>
<main id="lineage" data-worker="${escapeHtml(worker)}"></main>
<script nonce="${escapeHtml(nonce)}" src="${escapeHtml(script)}"></script>
</body>
</html>`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
