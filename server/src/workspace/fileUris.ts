// Files as URIs and as paths, without Node, so that the core may use it. A file has exactly one URI here: the spelling of
// VS Code (lower-case drive letter, everything but unreserved characters percent-encoded), whatever a client sends.

/** The URI of an absolute path, of Windows (`C:\x`, `\\server\share`) or POSIX. */
export function uriOfPath(path: string): string {
  const forward = /^(?:[A-Za-z]:)?[\\/]/.test(path) && !path.startsWith('/') ? path.replace(/\\/g, '/') : path;
  if (forward.startsWith('//')) {
    const [host = '', ...rest] = forward.slice(2).split('/');
    return `file://${encodeSegment(host)}/${rest.map(encodeSegment).join('/')}`;
  }
  const drive = /^([A-Za-z]):/.exec(forward)?.[1];
  const rooted = drive === undefined ? forward : `/${drive.toLowerCase()}${forward.slice(1)}`;
  return `file://${rooted.split('/').map(encodeSegment).join('/')}`;
}

/** The absolute path of a `file:` URI, or undefined for any other URI. Drive letters keep the forward slashes of URIs. */
export function pathOfUri(uri: string): string | undefined {
  const match = /^file:\/\/([^/?#]*)(\/[^?#]*)$/i.exec(uri);
  if (match === null) return undefined;
  const host = decode(match[1] ?? '');
  const path = decode(match[2] ?? '');
  if (host !== '' && host !== 'localhost') return `//${host}${path}`;
  return /^\/[A-Za-z]:/.test(path) ? path.slice(1) : path;
}

/** The one spelling of a URI that the core uses. URIs that are not files stay as they are. */
export function canonicalUri(uri: string): string {
  const path = pathOfUri(uri);
  return path === undefined ? uri : uriOfPath(path);
}

/** The URI of a folder without its trailing slashes, so that `${folder}/name` is a URI below it. */
export function folderUri(uri: string): string {
  return canonicalUri(uri).replace(/(?<!\/)\/+$/, '');
}

/** True for a file whose text is Python, or whose cells are. */
export function isModule(uri: string): boolean {
  return uri.endsWith('.py') || isNotebook(uri);
}

/** True for a file of SQL, which counts where a definition reads it. */
export function isQueryFile(uri: string): boolean {
  return /\.sql$/i.test(uri);
}

export function isNotebook(uri: string): boolean {
  return uri.endsWith('.ipynb');
}

/** True when the URI is the folder itself or below it. */
export function isBelow(folder: string, uri: string): boolean {
  return uri === folder || uri.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
}

/** The part of a path below a folder, with `/`; the path itself when it is not below it. */
export function relativeTo(folder: string, uri: string): string {
  const path = pathOfUri(uri) ?? uri;
  const root = (pathOfUri(folder) ?? folder).replace(/\/+$/, '');
  return path.startsWith(`${root}/`) ? path.slice(root.length + 1) : path;
}

/** `relative` seen from the folder `base`, both with `/`; `.` and `..` are resolved. An absolute path stands for itself. */
export function resolvePath(base: string, relative: string): string {
  const forward = relative.replace(/\\/g, '/');
  const joined = forward.startsWith('/') || /^[A-Za-z]:\//.test(forward) ? forward : `${base}/${forward}`;
  const kept: string[] = [];
  for (const part of joined.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') kept.push(part);
    else if (kept.length > 0) kept.pop();
  }
  const path = kept.join('/');
  return /^[A-Za-z]:/.test(path) ? path : `${joined.startsWith('//') ? '//' : '/'}${path}`;
}

function encodeSegment(segment: string): string {
  // A lone surrogate cannot be encoded; no file system hands one out, but a client may send one.
  const wellFormed = segment.replace(/\p{Surrogate}/gu, '\uFFFD');
  return encodeURIComponent(wellFormed).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A stray percent sign: the rest can still be read.
    return text.replace(/(?:%[0-9A-Fa-f]{2})+/g, (run) => {
      try {
        return decodeURIComponent(run);
      } catch {
        return run;
      }
    });
  }
}
