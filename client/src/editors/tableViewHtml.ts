// The page that the table grid lives in. Nothing may be loaded or run in it but the grid itself.

export interface TableViewAssets {
  readonly script: string;
  readonly style: string;
  /** The origin that the host serves the style from, as its content security policy source. */
  readonly cspSource: string;
  readonly nonce: string;
  readonly title: string;
}

export function tableViewHtml({ script, style, cspSource, nonce, title }: TableViewAssets): string {
  const policy = `default-src 'none'; style-src ${cspSource}; script-src 'nonce-${nonce}'`;
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
<main id="table"></main>
<script nonce="${escapeHtml(nonce)}" src="${escapeHtml(script)}"></script>
</body>
</html>`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
