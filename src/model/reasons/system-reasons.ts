/** What the operating system refuses, as explainError says it. */
export const systemReasons = {
  ENOENT: 'it does not exist (ENOENT)',
  EACCES: 'permission denied (EACCES)',
  EPERM: 'operation not permitted (EPERM)',
  ENOSPC: 'no space left on the device (ENOSPC)',
  EDQUOT: 'the disk quota is used up (EDQUOT)',
  EROFS: 'the file system is read-only (EROFS)',
  EFBIG: 'the file would be larger than allowed here (EFBIG)',
  EMFILE: 'too many open files (EMFILE)',
  ENOTDIR: 'a part of the path is a file, not a directory (ENOTDIR)',
  EISDIR: 'it is a directory (EISDIR)',
  ELOOP: 'its links lead in a circle (ELOOP)',
  ENAMETOOLONG: 'the path is too long (ENAMETOOLONG)',
  EEXIST: 'it exists already (EEXIST)',
  EIO: 'the device reported an input/output error (EIO)',
} as const;
