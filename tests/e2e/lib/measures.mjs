// The numbers of a screen that no audit looks at: how large what one touches is, how many things claim to be
// the first, and whether everything stays within the edges for those who need large letters.

/** In CSS pixels, for what is touched and for the one primary button. */
const TARGET = 48;
const PRIMARY = 56;
/** The narrowest phone, and what a laptop of 1280 × 1024 comes to at 400 %. */
export const ZOOMED = { width: 320, height: 256 };

/** What is wrong with the screen as it stands, as axe says it: { id, where }. */
export async function offTheMeasure(page) {
  const found = await page.evaluate(measure, [TARGET, PRIMARY]);
  return found.filter(({ where }) => where.length);
}

/** What lies beyond the edge, also when the screen is narrow, and when the letters are twice as large. */
export async function beyondTheEdge(page) {
  const found = [];
  const note = async (id) => {
    const where = await page.evaluate(beyond, page.viewportSize().width);
    if (where.length) found.push({ id, where });
  };
  const size = page.viewportSize();
  await note('overhang');
  // Who has zoomed to 320 px has large letters.
  if (size.width <= ZOOMED.width) return found;
  await page.setViewportSize(ZOOMED);
  await note('overhang at 320 px');
  await page.setViewportSize(size);
  await page.evaluate(() => (document.documentElement.style.fontSize = '225%'));
  await note('overhang at 200 % text');
  await page.evaluate(() => document.documentElement.style.removeProperty('font-size'));
  return found;
}

/** Runs in the page. */
function measure([target, primary]) {
  const name = (element) => element.outerHTML.slice(0, 160);
  const shown = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const all = (selector) => [...document.querySelectorAll(selector)].filter(shown);
  /** What a finger may hit: a box that fills its label is as large as the label. */
  const area = (element) => (element.closest('label') ?? element).getBoundingClientRect();
  const small = (side) => (element) => {
    const { width, height } = area(element);
    return Math.round(width) < side || Math.round(height) < side;
  };
  /** A link in a sentence is as high as its line. */
  const inText = (element) => element.matches('p a');
  const touched = all('a[href], button, input, textarea, select, summary').filter((one) => !inText(one));
  const first = all('main .button:not([data-look])');
  const claims = first.length > 1 ? first : [];
  return [
    { id: `smaller than ${target} px`, where: touched.filter(small(target)).map(name) },
    { id: `a primary button lower than ${primary} px`, where: first.filter((one) => area(one).height < primary).map(name) },
    { id: 'more than one primary button', where: claims.map(name) },
  ];
}

/** Runs in the page, whose own idea of its width grows with what is in it. */
function beyond(width) {
  const { scrollWidth } = document.documentElement;
  if (scrollWidth <= width) return [];
  const out = [...document.querySelectorAll('body *')].filter((one) => one.getBoundingClientRect().right > width + 1);
  return [`${scrollWidth - width} px`, ...out.slice(-3).map((one) => one.outerHTML.slice(0, 160))];
}
