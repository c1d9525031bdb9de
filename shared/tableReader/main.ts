// The process that decodes parquet (`dist/tableReader.js`). Some malformed files abort a whole process, so this one holds
// nothing but what it can open again. It talks over the channel of `child_process.fork` and ends when its parent does.

import type { ReaderQuestion } from './messages';
import { ReaderService } from './readerService';

const service = new ReaderService();

process.on('message', (question) => {
  void service.answer(question as ReaderQuestion).then((answer) => process.send?.(answer));
});
process.on('disconnect', () => process.exit(0));
