// The part of the package `sax` that reading the answers of S3 takes.

declare module 'sax' {
  export interface SaxParser {
    onopentag: (tag: { readonly name: string }) => void;
    onclosetag: (name: string) => void;
    ontext: (text: string) => void;
    oncdata: (text: string) => void;
    ondoctype: () => void;
    onerror: (error: Error) => void;
    write(text: string): SaxParser;
    close(): SaxParser;
  }
  export interface SaxOptions {
    readonly strictEntities?: boolean;
    readonly position?: boolean;
  }
  export function parser(strict: boolean, options?: SaxOptions): SaxParser;
}
