import { expect, it } from 'vitest';
import { Refresher } from '../../client/src/refresher';
import { deferred, type Deferred } from '../support/deferred';

function refresher(): { readonly own: Refresher; readonly started: readonly Deferred[] } {
  const started: Deferred[] = [];
  const own = new Refresher(() => {
    const work = deferred();
    started.push(work);
    return work.promise;
  });
  return { own, started };
}

it('works once more for all that was asked meanwhile, and never twice at a time', async () => {
  const { own, started } = refresher();
  const all = [own.refresh(), own.refresh(), own.refresh()];
  expect(started.length).toBe(1);
  started[0]?.resolve();
  await Promise.resolve();
  await Promise.resolve();
  expect(started.length).toBe(2);
  started[1]?.resolve();
  await Promise.all(all);
  expect(started.length).toBe(2);
});

it('works again after it was done, or has failed', async () => {
  let works = 0;
  const own = new Refresher(() => {
    works += 1;
    return works === 1 ? Promise.reject(new Error('no')) : Promise.resolve();
  });
  await expect(own.refresh()).rejects.toThrow('no');
  await own.refresh();
  await own.refresh();
  expect(works).toBe(3);
});
