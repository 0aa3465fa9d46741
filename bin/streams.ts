/**
 * Lets a reader of the output go whenever it has read enough, as `head` does: what is left to say is dropped, and the
 * command ends as it would have.
 */
export function outliveReaders(streams: readonly NodeJS.WriteStream[]): void {
  for (const stream of streams) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
  }
}
