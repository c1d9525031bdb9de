// The process that decodes parquet (`dist/tableReader.js`). Some malformed files abort a whole process, so this one holds
// nothing but what it can open again. It talks over the channel of `child_process.fork` and ends when its parent does.

import { removeUnfinished } from './exportRows';
import type { S3Settings } from '../s3/objectStore';
import type { ReaderAnswer, ReaderCancel, ReaderProgress, ReaderQuestion } from './messages';
import { ReaderService } from './readerService';

const send = (message: ReaderAnswer | ReaderProgress): void => {
  if (process.connected) process.send?.(message);
};
/** What the parent says of S3. */
const s3 = JSON.parse(process.argv[2] ?? '{}') as S3Settings;
const service = new ReaderService(send, s3);

process.on('message', (message) => {
  const asked = message as ReaderQuestion | ReaderCancel;
  if ('cancel' in asked) service.cancel(asked.cancel);
  else void service.answer(asked).then(send);
});
process.on('disconnect', () => process.exit(0));
process.on('exit', removeUnfinished);
