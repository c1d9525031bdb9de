import type { ObjectStore } from '../../../shared/s3/objectStore';
import { folderPrefix, type S3Location } from '../../../shared/s3/s3Location';

/** Whether something lies below a location. One request tells; where listing is not allowed, the name has to. Never rejects. */
export async function isFolderIn(store: Pick<ObjectStore, 'list'>, { bucket, key }: S3Location): Promise<boolean> {
  if (key === '' || key.endsWith('/')) return true;
  try {
    const { objects } = await store.list({ bucket, prefix: folderPrefix(key), maxKeys: 1 });
    return objects.length > 0;
  } catch {
    return !/\.(parq|parquet|csv)$/i.test(key);
  }
}
