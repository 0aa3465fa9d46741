/** What the machine refuses, by its code, and what to do; every other code is unexpected. */
const refusals: Readonly<Record<string, string>> = {
  EACCES: 'it may not be read or written; check its permissions',
  EPERM: 'it may not be read or written; check its permissions',
  EROFS: 'it is on a disk that cannot be written; name another place',
  ENOSPC: 'the disk is full; make room',
  EDQUOT: 'the quota of the disk is used up; make room',
  EFBIG: 'the file would be larger than is allowed here; raise the limit (ulimit -f)',
  EISDIR: 'it is a directory, and a file is needed',
  ENOTDIR: 'a part of its path is a file, and a directory is needed',
  ENAMETOOLONG: 'its name is too long; choose a shorter one',
  ELOOP: 'its symbolic links lead back to themselves',
  EMFILE: 'too many files are open; raise the limit (ulimit -n)',
  ENFILE: 'too many files are open on this machine; try again later',
};

/** What a refusal of the machine means, with its code; undefined where it is none that is known. */
export function refusalOf(error: unknown): string | undefined {
  const { code, syscall } = error as NodeJS.ErrnoException;
  return syscall === undefined || code === undefined || !Object.hasOwn(refusals, code)
    ? undefined
    : `${refusals[code]} (${code})`;
}
