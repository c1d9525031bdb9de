import { describe, expect, it } from 'vitest';
import { defaultCacheFolder } from '../shared/cacheFolder';

describe('the cache folder', () => {
  it('is the one that was chosen, or that of the user', () => {
    expect(defaultCacheFolder({ SPARKFORM_CACHE: '/cache' })).toBe('/cache');
    if (process.platform === 'linux') expect(defaultCacheFolder({ XDG_CACHE_HOME: '/x' })).toBe('/x/sparkform');
  });
});
