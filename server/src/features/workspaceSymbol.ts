import type { WorkspaceSymbol } from 'vscode-languageserver-types';
import type { Snapshot } from '../workspace/snapshot';
import { symbolKinds } from './documentSymbol';
import { fuzzyScore } from './fuzzyMatch';
import { locationOf } from './ranges';
import { idOf, kindWords } from './resourceIds';

/** An editor shows no more than this, and asks again with every further letter. */
const MOST = 500;

/** Resources whose id holds the letters of the query in their order, best first. */
export function workspaceSymbol(snapshot: Snapshot, query: string): readonly WorkspaceSymbol[] {
  const letters = query.replace(/\s+/g, '');
  const matches = snapshot.index.all.flatMap((resource) => {
    const name = idOf(snapshot, resource);
    const score = fuzzyScore(letters, name);
    return score === undefined ? [] : [{ resource, name, score }];
  });
  matches.sort((a, b) => a.score - b.score || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  return matches.slice(0, MOST).flatMap(({ resource, name }) => {
    const location = locationOf(snapshot, resource.uri, resource.selection);
    if (location === undefined) return [];
    return [{ name, kind: symbolKinds[resource.kind], location, containerName: kindWords[resource.kind] }];
  });
}
