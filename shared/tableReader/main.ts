// The process that decodes parquet (`dist/tableReader.js`). Some malformed files abort a whole process, so this one holds
// nothing but what it can open again. It talks over the channel of `child_process.fork` and ends when its parent does.

import { removeUnfinished } from './exportRows';
import type { S3Settings } from '../s3/objectStore';
import { settingsVariable, type ReaderAnswer, type ReaderCancel, type ReaderProgress, type ReaderQuestion } from './messages';
import { ReaderService } from './readerService';

const send = (message: ReaderAnswer | ReaderProgress): void => {
  if (process.connected) process.send?.(message);
};
/** What the parent says of S3: not on the command line, which everybody on the machine may read, and for nobody further on. */
const s3 = JSON.parse(process.env[settingsVariable] ?? '{}') as S3Settings;
Reflect.deleteProperty(process.env, settingsVariable);
const service = new ReaderService(send, s3);

process.on('message', (message) => {
  const asked = message as ReaderQuestion | ReaderCancel;
  if ('cancel' in asked) service.cancel(asked.cancel);
  else void service.answer(asked).then(send);
});
process.on('disconnect', () => process.exit(0));
process.on('exit', removeUnfinished);
