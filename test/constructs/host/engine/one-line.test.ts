import { recipeProblems } from '../../../../constructs/host/engine';
import type { RecipeSpec } from '../../../../constructs/host/engine';
import { leavesOf, withText } from '../../../hostile/leaves';
import { recipe } from '../recipe';

/** What no script reads: it stands in the recipe for people, or chooses what is made. */
const unread = /\.(revision|format|arch|accelerator)$/;

const texts = leavesOf(recipe, () => false)
  .map(leaf => ({ name: leaf.path.join('.'), leaf }))
  .filter(({ name }) => !unread.test(name));

/** The script judges a value by grep, which is content with any line that matches; what is deployed keeps the script. */
describe('a value of more than one line never reaches the script of a device', () => {
  it.each(texts)('as $name', ({ leaf }) => {
    const value = leaf.path.reduce<unknown>(
      (part, key) => (part as Record<PropertyKey, unknown>)[key],
      recipe,
    ) as string;
    for (const text of [
      `${value}\n`,
      `\n${value}`,
      `x;id\n${value}`,
      `${value}\nx`,
      `${value}\r`,
      `${value}\u2028`,
    ])
      expect(recipeProblems(withText(recipe, leaf, text) as RecipeSpec)).toHaveLength(1);
  });
});
