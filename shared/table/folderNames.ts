// Which names in a folder stand for no part of its table.

/** As Spark: `_` and `.` hide a file or folder, unless the folder is a partition (`_day=1`). */
export function isHidden(path: string): boolean {
  return path.split('/').some((part) => part.startsWith('.') || (part.startsWith('_') && !part.includes('=')));
}

/** Object stores know no folders; some programs leave empty objects in their place: `dt=1/`, and `dt=1_$folder$` on EMR. */
export function isFolderMarker(path: string): boolean {
  return path === '' || path.endsWith('/') || path.endsWith('_$folder$');
}
