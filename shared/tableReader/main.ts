// The process that decodes parquet (`dist/tableReader.js`). Some malformed files abort a whole process, so this one holds
// nothing but what it can open again. It talks over the channel of `child_process.fork` and ends when its parent does.

import { removeUnfinished } from './exportRows';
import type { ReaderAnswer, ReaderCancel, ReaderProgress, ReaderQuestion, ReaderSetup } from './messages';
import { ReaderService } from './readerService';

const send = (message: ReaderAnswer | ReaderProgress): void => {
  if (process.connected) process.send?.(message);
};
let service: ReaderService | undefined;

process.on('message', (message) => {
  const asked = message as ReaderSetup | ReaderQuestion | ReaderCancel;
  if ('setUp' in asked) service = new ReaderService(send, asked.setUp.s3);
  else if ('cancel' in asked) service?.cancel(asked.cancel);
  else void service?.answer(asked).then(send);
});
process.on('disconnect', () => process.exit(0));
process.on('exit', removeUnfinished);
