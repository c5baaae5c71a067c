// What people do on a screen, by the words that stand there.

export const press = (page, name) => page.getByRole('button', { name, exact: true }).first().click();

export const write = (page, label, words) => box(page, label).fill(words);

/** A box by its label. */
export const box = (page, label) => page.getByLabel(label, { exact: true }).first();

/** A main place, by its word in the menu. */
export const go = (page, word) =>
  page.getByRole('navigation', { name: 'Hovedmenu' }).getByRole('link', { name: word }).click();

export const follow = (page, name) => page.getByRole('link', { name }).first().click();

export const choose = (page, name) => page.getByLabel(name, { exact: true }).first().check({ force: true });

export const expectHeading = (page, name) =>
  page.getByRole('heading', { level: 1, name }).waitFor();

export const expectText = (page, text) => page.getByText(text).first().waitFor();

/** Everything is on the server. */
export const expectSafe = (page) => page.locator('.saved-words', { hasText: 'Gemt sikkert' }).waitFor();
