// Renames a resource or one of its variants everywhere, or says why not. What it changes is judged before anybody sees it: the
// workspace is read with the edits, and must be the same but for the name.

import type { AnnotatedTextEdit, ChangeAnnotation, TextDocumentEdit, WorkspaceEdit } from 'vscode-languageserver-types';
import { filed, nameFlaw } from '../rules/invalidName';
import type { MappedText } from '../text/mappedText';
import type { Location } from '../text/span';
import { isBelow, relativeTo } from '../workspace/fileUris';
import type { Snapshot } from '../workspace/snapshot';
import { aliasRename } from './aliasRename';
import { namePartsOf, type NamePart } from './nameParts';
import { pythonBinding } from './pythonBinding';
import { rangeOf } from './ranges';
import { findDifference, otherText, type Renaming } from './renameCheck';
import { describeTarget, isPartOf, renamePlaceAt, type RenameTarget } from './renameTarget';
import { isPythonName } from './pythonWords';
import { sqlRename } from './sqlRename';
import { typeWords } from './resourceIds';
import { documentAfter, editsByUri, editsOfText, type SourceEdit } from './textEdits';
import { unknownUse } from './textUses';

export interface RenameOptions {
  /** The folders of the workspace; files outside them are not written. */
  readonly roots: readonly string[];
  /** The snapshot as it would be with other texts of some documents. */
  readonly imagine: (texts: ReadonlyMap<string, string>) => Snapshot;
  /** True for an editor that shows what a change is for before it is made. */
  readonly annotated: boolean;
}

export type RenameAnswer = { readonly kind: 'edit'; readonly edit: WorkspaceEdit } | { readonly kind: 'refused'; readonly reason: string };

/** Undefined where nothing of ours stands. */
export function rename(snapshot: Snapshot, uri: string, offset: number, newName: string, options: RenameOptions): RenameAnswer | undefined {
  const place = renamePlaceAt(snapshot, options.roots, uri, offset);
  if (place === undefined) {
    const file = snapshot.files.get(uri);
    return file === undefined ? undefined : sqlRename(file, offset, newName);
  }
  if (place.kind === 'refused') return place;
  if (newName === place.placeholder) return { kind: 'edit', edit: { changes: {} } };
  if (place.kind === 'alias') return aliasRename(snapshot, uri, place.alias, newName, options);
  const { target } = place;
  try {
    return { kind: 'edit', edit: new Rename(snapshot, target, newName, options).edit() };
  } catch (error) {
    if (error instanceof Refusal) return { kind: 'refused', reason: `${describeTarget(target)} cannot be renamed: ${error.message}` };
    throw error;
  }
}

/** Thrown and caught in this file alone. */
class Refusal extends Error {}

class Rename {
  private readonly newText: string;

  constructor(
    private readonly snapshot: Snapshot,
    private readonly target: RenameTarget,
    /** As it was typed: the name of the class of an entity may have capitals. */
    private readonly typed: string,
    private readonly options: RenameOptions,
  ) {
    this.newText = target.type === 'entity' && this.isClassNamed() ? typed.toLowerCase() : typed;
  }

  edit(): WorkspaceEdit {
    this.judgeName();
    const { snapshot, target } = this;
    const parts = [...snapshot.files.values()].flatMap((file) =>
      [...namePartsOf(snapshot, file, (type, name) => type === target.type && name.key === target.name)].filter((part) =>
        isPartOf(part, target),
      ),
    );
    this.judgeCollisions();
    const texts = new Set<MappedText>();
    const written = this.textEdits(parts, texts);
    const identifiers = this.identifierEdits(parts);
    const edits = distinct([...written, ...identifiers]);
    for (const { uri, span } of edits) {
      const { roots } = this.options;
      if (roots.length > 0 && !roots.some((root) => isBelow(root, uri)))
        throw new Refusal(`it is written in ${this.placeText({ uri, span })}, outside the workspace`);
    }
    this.judgeOutcome({ target: this.target, newText: this.newText, edits: editsByUri(edits), texts });
    return this.workspaceEdit(edits, new Set(identifiers.map(placeKey)));
  }

  private isClassNamed(): boolean {
    return this.snapshot.index.definitions(`entity:${this.target.name}`).some(({ name }) => name.implied);
  }

  private judgeName(): void {
    const { newText, target } = this;
    const said = `the ${target.part} "${newText}"`;
    if (newText.trim() === '') throw new Refusal(`a ${target.part} is expected`);
    const wrong = /[\s"'`\\{}<>\p{Cc}]/u.exec(newText)?.[0];
    if (wrong !== undefined) throw new Refusal(`${said} holds ${JSON.stringify(wrong)}, which cannot stand in a ${target.part}`);
    const flaw = nameFlaw(newText, filed.has(target.type));
    if (flaw !== undefined) throw new Refusal(`${said} ${flaw}`);
  }

  private judgeCollisions(): void {
    const { snapshot, target, newText } = this;
    const { index } = snapshot;
    const renamed: RenameTarget = target.part === 'name' ? { ...target, name: newText } : { ...target, variant: newText };
    const [other] =
      target.part === 'name' ? index.variants(target.type, newText) : index.definitions(`${target.type}:${target.name}.${newText}`);
    if (other !== undefined) {
      const place = this.placeText({ uri: other.uri, span: other.selection });
      throw new Refusal(`${describeTarget(renamed)} is defined already, at ${place}`);
    }
    for (const { uri, definitions } of snapshot.files.values()) {
      for (const { type, name, variant, span } of definitions.externals) {
        const isSame = type === target.type && name.key === renamed.name;
        const isTaken = target.part === 'name' || (variant.kind === 'written' && variant.name.key === renamed.variant);
        if (isSame && isTaken) {
          throw new Refusal(`${describeTarget(renamed)} is taken for granted already, at ${this.placeText({ uri, span })}`);
        }
      }
    }
  }

  /** The edits of the literals that write the parts. */
  private textEdits(parts: readonly NamePart[], texts: Set<MappedText>): readonly SourceEdit[] {
    const edits: SourceEdit[] = [];
    for (const { text, implied, place, part, resource } of parts) {
      if (implied) continue;
      if (text === undefined) {
        if (part === 'name') continue;
        throw new Refusal(`it is left out at ${this.placeText(place)}, where it is meant`);
      }
      if (resource?.columns?.some(({ name, role }) => role === 'include' && name === resource.name) === true && part === 'name') {
        throw new Refusal(`a column is named so, at ${this.placeText(place)}, and gives the feature its name`);
      }
      if (texts.has(text)) continue;
      texts.add(text);
      const own = editsOfText(this.snapshot, text, this.newText);
      if (own === undefined) throw new Refusal(`at ${this.placeText(place)} it is put together from parts that cannot be changed so`);
      edits.push(...own);
    }
    const unique = distinct(edits);
    for (const edit of unique) {
      const use = unknownUse(this.snapshot, this.options.roots, edit);
      if (use !== undefined) throw new Refusal(`the text that writes it is also used at ${this.placeText(use)}`);
    }
    return unique;
  }

  /** The edits of the functions, classes and attributes that give the name, and of all that means them. */
  private identifierEdits(parts: readonly NamePart[]): readonly SourceEdit[] {
    const edits: SourceEdit[] = [];
    const done = new Set<string>();
    for (const { implied, resource } of parts) {
      if (!implied || resource === undefined) continue;
      const place = { uri: resource.uri, span: resource.name.span };
      if (done.has(placeKey(place))) continue;
      const old = this.textAt(place);
      const identifier = resource.kind === 'entity' ? this.className(old) : this.newText;
      if (!isPythonName(identifier)) {
        throw new Refusal(
          `"${identifier}" is no name of Python, and ${whatGives(resource.kind)} at ${this.placeText(place)} gives the name`,
        );
      }
      const binding = pythonBinding(this.snapshot, this.options.roots, place.uri, place.span, old);
      if (binding === undefined) throw new Refusal(`what gives the name at ${this.placeText(place)} cannot be followed`);
      const conflict = identifier === old ? undefined : binding.conflict(identifier);
      if (conflict !== undefined) throw new Refusal(`"${identifier}" means something else in Python, at ${this.placeText(conflict)}`);
      for (const one of binding.places) {
        done.add(placeKey(one));
        edits.push({ ...one, newText: identifier });
      }
    }
    return edits;
  }

  /** A class whose name began with a capital keeps doing so. */
  private className(old: string): string {
    if (this.typed !== this.newText || !/^\p{Lu}/u.test(old)) return this.typed;
    return this.newText.charAt(0).toUpperCase() + this.newText.slice(1);
  }

  private judgeOutcome(renaming: Renaming): void {
    const { snapshot } = this;
    const other = otherText(snapshot, renaming);
    if (other !== undefined) throw new Refusal(`the text that writes it is also used at ${this.placeText(other)}`);
    const texts = new Map<string, string>();
    for (const [uri, edits] of renaming.edits) texts.set(uri, documentAfter(snapshot.files.get(uri)?.text ?? '', edits));
    const difference = findDifference(snapshot, this.options.imagine(texts), renaming);
    if (difference !== undefined) throw new Refusal(difference);
  }

  private workspaceEdit(edits: readonly SourceEdit[], identifiers: ReadonlySet<string>): WorkspaceEdit {
    const perFile = [...editsByUri(edits)].sort(([a], [b]) => (a < b ? -1 : 1));
    const rangeIn = ({ uri, span }: Location): AnnotatedTextEdit['range'] => {
      const file = this.snapshot.files.get(uri);
      if (file === undefined) throw new Refusal(`${uri} is not open`);
      return rangeOf(file.lines, span);
    };
    if (!this.options.annotated) {
      const plain = perFile.map(([uri, list]) => [uri, list.map((edit) => ({ range: rangeIn(edit), newText: edit.newText }))] as const);
      return { changes: Object.fromEntries(plain) };
    }
    const documentChanges = perFile.map(([uri, list]): TextDocumentEdit => {
      const annotated = list.map((edit) => {
        const annotationId = identifiers.has(placeKey(edit)) ? 'identifier' : 'name';
        return { range: rangeIn(edit), newText: edit.newText, annotationId };
      });
      return { textDocument: { uri, version: null }, edits: annotated };
    });
    return { documentChanges, changeAnnotations: this.annotations(identifiers.size > 0, edits.length > identifiers.size) };
  }

  private annotations(hasIdentifiers: boolean, hasNames: boolean): Record<string, ChangeAnnotation> {
    const { target, newText } = this;
    const what = `${target.part === 'name' ? typeWords[target.type] : 'variant'} "${target.part === 'name' ? target.name : target.variant}"`;
    const label = `Rename ${what} to "${newText}"`;
    const description = this.dependentsText();
    return {
      ...(hasNames && { name: { label, description, needsConfirmation: false } }),
      ...(hasIdentifiers && {
        identifier: {
          label: `${label} (Python name)`,
          description: `Gives the resource its name; ${description}`,
          needsConfirmation: false,
        },
      }),
    };
  }

  private dependentsText(): string {
    const { graph, index } = this.snapshot;
    const { type, part, name, variant } = this.target;
    const definitions = part === 'name' ? index.variants(type, name) : index.definitions(`${type}:${name}.${variant}`);
    const own = new Set(definitions.map((resource) => this.snapshot.keyOf(resource)));
    const count = new Set([...own].flatMap((key) => graph.downstream(key)).filter((key) => !own.has(key))).size;
    if (count === 0) return 'nothing depends on it';
    return count === 1 ? '1 definition depends on it' : `${count} definitions depend on it`;
  }

  private textAt({ uri, span }: Location): string {
    return this.snapshot.files.get(uri)?.text.slice(span.start, span.end) ?? '';
  }

  private placeText({ uri, span }: Location): string {
    const root = this.options.roots.find((one) => isBelow(one, uri));
    const path = root === undefined ? uri.slice(uri.lastIndexOf('/') + 1) : relativeTo(root, uri);
    const line = this.snapshot.files.get(uri)?.lines.positionAt(span.start).line;
    return line === undefined ? path : `${path}:${line + 1}`;
  }
}

function whatGives(kind: NonNullable<NamePart['resource']>['kind']): string {
  if (kind === 'entity') return 'the class';
  return kind.endsWith('transformation') || kind === 'ondemand-feature' ? 'the function' : 'the attribute';
}

function distinct(edits: readonly SourceEdit[]): readonly SourceEdit[] {
  return [...new Map(edits.map((edit) => [`${placeKey(edit)}-${edit.span.end}`, edit])).values()];
}

function placeKey({ uri, span }: Location): string {
  return `${uri}#${span.start}`;
}
