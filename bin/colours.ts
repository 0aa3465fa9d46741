import pc from 'picocolors';

/** A stream that may be a terminal. */
interface Screen {
  readonly isTTY?: boolean;
}

/**
 * Whether to print in colour: on a terminal, unless NO_COLOR says otherwise. picocolors by itself colours pipes too where CI
 * is set.
 */
export function isColoured(screen: Screen): boolean {
  return screen.isTTY === true && (process.env.NO_COLOR ?? '') === '' && process.env.TERM !== 'dumb';
}

export function coloursOf(screen: Screen): ReturnType<typeof pc.createColors> {
  return pc.createColors(isColoured(screen));
}
