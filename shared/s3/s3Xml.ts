// The XML that S3 answers with: listings and errors. What is no such document is undefined, never half of one.

import { parser } from 'sax';
import type { ListPage, S3Object } from './objectStore';

/** The fields of an error: `Code`, `Message`, and what belongs to that code. */
export type ErrorFields = ReadonlyMap<string, string>;

interface Element {
  readonly name: string;
  text: string;
  readonly children: Element[];
}

/** Deeper than any answer of S3. */
const mostDepth = 20;

/** Reads the answer to ListObjectsV2 with `encoding-type=url`; undefined where it is none, or damaged. */
export function readListing(xml: string, bucket: string): ListPage | undefined {
  const root = parseXml(xml);
  if (root?.name !== 'ListBucketResult') return undefined;
  const isEncoded = textOf(root, 'EncodingType') === 'url';
  const plain = (text: string | undefined): string | undefined => (isEncoded && text !== undefined ? decodeKey(text) : text);
  const objects = root.children.flatMap((child): (S3Object | undefined)[] => {
    if (child.name !== 'Contents') return [];
    const [key, size, etag] = [plain(textOf(child, 'Key')), Number(textOf(child, 'Size') ?? NaN), textOf(child, 'ETag')];
    const modified = Date.parse(textOf(child, 'LastModified') ?? '');
    if (key === undefined || etag === undefined || !Number.isSafeInteger(size) || size < 0 || Number.isNaN(modified)) return [undefined];
    return [{ bucket, key, size, etag, modified, storageClass: textOf(child, 'StorageClass') }];
  });
  const prefixes = root.children.flatMap((child) => {
    return child.name === 'CommonPrefixes' ? [plain(textOf(child, 'Prefix'))] : [];
  });
  const isCut = textOf(root, 'IsTruncated') === 'true';
  // It is opaque, and never encoded.
  const continuation = isCut ? textOf(root, 'NextContinuationToken') : undefined;
  if (!isComplete(objects) || !isComplete(prefixes) || (isCut && continuation === undefined)) return undefined;
  return { objects, prefixes, continuation };
}

/** Reads an error; undefined where the text is none, such as the page of a proxy. */
export function readError(xml: string): ErrorFields | undefined {
  const root = parseXml(xml);
  if (root?.name !== 'Error') return undefined;
  return new Map(root.children.map(({ name, text }) => [name, text.trim()]));
}

function isComplete<Value>(list: readonly (Value | undefined)[]): list is readonly Value[] {
  return !list.includes(undefined);
}

function textOf(parent: Element, name: string): string | undefined {
  return parent.children.find((child) => child.name === name)?.text;
}

/** Undefined where percent signs do not make up UTF-8. */
function decodeKey(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
}

function parseXml(xml: string): Element | undefined {
  const document: Element = { name: '', text: '', children: [] };
  const open: Element[] = [document];
  const reader = parser(true, { strictEntities: true, position: false });
  const fail = (): never => {
    throw new Error('not XML as S3 writes it');
  };
  const add = (text: string): void => {
    const last = open.at(-1);
    if (last) last.text += text;
  };
  reader.onopentag = ({ name }) => {
    if (open.length > mostDepth) fail();
    const element: Element = { name, text: '', children: [] };
    open.at(-1)?.children.push(element);
    open.push(element);
  };
  reader.onclosetag = () => {
    open.pop();
  };
  reader.ontext = add;
  reader.oncdata = add;
  reader.ondoctype = fail;
  reader.onerror = fail;
  try {
    reader.write(xml).close();
  } catch {
    return undefined;
  }
  return document.children[0];
}
