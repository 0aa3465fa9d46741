import { rmSync } from 'node:fs';

/** Removes the projects. */
export default function remove(): void {
  const parent = process.env.BERTH_TEST_PACKAGE;
  if (parent !== undefined) rmSync(parent, { recursive: true, force: true });
}
