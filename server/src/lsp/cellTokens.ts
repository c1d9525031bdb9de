import type { SemanticTokens } from 'vscode-languageserver/node';
import type { OpenCell } from './openNotebooks';

/** The tokens of a notebook that stand in one of its cells. Without a result id: later the client asks for all of them again. */
export function tokensWithin({ data }: SemanticTokens, { firstLine, lineCount }: OpenCell): SemanticTokens {
  const own: number[] = [];
  let line = 0;
  let character = 0;
  let [lastLine, lastCharacter] = [firstLine, 0];
  for (let at = 0; at + 4 < data.length; at += 5) {
    const [down = 0, right = 0, length = 0, type = 0, modifiers = 0] = data.slice(at, at + 5);
    line += down;
    character = down === 0 ? character + right : right;
    if (line < firstLine || line >= firstLine + lineCount) continue;
    own.push(line - lastLine, line === lastLine ? character - lastCharacter : character, length, type, modifiers);
    [lastLine, lastCharacter] = [line, character];
  }
  return { data: own };
}
