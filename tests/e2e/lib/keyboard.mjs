// Somebody who has only a keyboard, and hears the page instead of seeing it. At each thing that gets the focus,
// and on each screen, it is noted what would stop them.

/** No screen has more stops than this; whoever has not come there is in a trap. */
const STOPS_MAX = 150;
const RING_MIN = 3;
/** What can be done something with, as it is heard. */
const CONTROLS = new Set([
  'button', 'link', 'textbox', 'searchbox', 'checkbox', 'radio', 'switch', 'combobox', 'slider', 'spinbutton',
  'Date', 'DateTime', 'InputTime', 'menuitem', 'tab',
]);

export class Keyboard {
  #page;
  #session;
  #where = 'the start';
  /** What would stop somebody, in words. */
  faults = [];
  /** How many things had the focus. */
  stops = 0;

  static async of(page) {
    const keyboard = new Keyboard();
    keyboard.#page = page;
    keyboard.#session = await page.context().newCDPSession(page);
    await keyboard.#session.send('Accessibility.enable');
    await keyboard.#session.send('DOM.enable');
    return keyboard;
  }

  /** The screen with this heading stands, the focus is on the heading, and what is heard of it makes sense. */
  async arrive(heading) {
    const page = this.#page;
    await page.getByRole('heading', { level: 1, name: heading }).waitFor();
    this.#where = await page.locator('h1').first().innerText();
    const onHeading = () => document.activeElement?.matches('main h1');
    await page.waitForFunction(onHeading, undefined, { timeout: 3_000 }).catch(() => this.#fault('the focus is not on the heading'));
    await this.listen();
  }

  /** Goes on with Tab until the focus is on what is called so; it stays there. */
  async to(role, name) {
    return this.#walk((stop) => stop.role === role && matches(stop.name, name), `${role} ${name}`);
  }

  /** Presses the thing of this name, as one does a button or a link. */
  async press(role, name) {
    await this.to(role, name);
    await this.#page.keyboard.press('Enter');
  }

  /** Ticks a box or turns a switch. */
  async turn(role, name) {
    await this.to(role, name);
    await this.#page.keyboard.press('Space');
  }

  /** Writes in a box. */
  async write(name, words) {
    await this.to('textbox', name);
    await this.#page.keyboard.press('Control+A');
    await this.#page.keyboard.type(words);
  }

  /** Fills a box for a day or a time, of which each part is typed. Which part comes first hangs on the browser's
      own language, so there is more than one way to type it. */
  async fillIn(label, value, ways) {
    const box = this.#page.getByLabel(label, { exact: true }).first();
    const id = await box.getAttribute('id');
    await this.#walk((stop) => stop.id === id, label);
    for (const keys of ways) {
      await this.#page.keyboard.type(keys, { delay: 20 });
      if ((await box.inputValue()) === value) return;
      for (let parts = 0; parts < 3; parts += 1) await this.#page.keyboard.press('ArrowLeft');
    }
    this.#fault(`${label} cannot be filled in with ${value}`);
  }

  /** One of several: Tab leads into the group, arrows lead on in it. */
  async choose(name) {
    const group = await this.#page.getByRole('radio', { name, exact: true }).first().getAttribute('name');
    await this.#walk((stop) => stop.role === 'radio' && stop.group === group, `radio ${name}`);
    let stop = await this.#here();
    if (stop.name === name && !stop.checked) await this.#page.keyboard.press('Space');
    for (let moves = 0; stop.name !== name && moves < 30; moves += 1) {
      await this.#page.keyboard.press('ArrowDown');
      stop = await this.#look();
    }
    if (stop.name !== name) this.#fault(`no arrow leads to ${name}`);
  }

  /** Every stop of the screen, from the heading to the end. */
  async wander() {
    await this.#page.locator('main h1').first().focus();
    await this.#walk((stop) => stop.isOut, 'the end of the page');
  }

  /** What is heard of the whole screen. */
  async listen() {
    const { nodes } = await this.#session.send('Accessibility.getFullAXTree');
    const heard = nodes.filter((node) => !node.ignored);
    const of = (role) => heard.filter((node) => node.role?.value === role);
    const level = (node) => node.properties?.find(({ name }) => name === 'level')?.value?.value;
    if (of('main').length !== 1) this.#fault(`${of('main').length} main parts`);
    const first = of('heading').filter((node) => level(node) === 1);
    if (first.length !== 1) this.#fault(`${first.length} first headings`);
    if (!first[0]?.name?.value) this.#fault('the heading has no words');
    const nameless = heard.filter((node) => CONTROLS.has(node.role?.value) && !node.name?.value?.trim());
    for (const node of nameless) this.#fault(`a ${node.role.value} without a name: ${await this.#markup(node)}`);
  }

  async #markup({ backendDOMNodeId: backendNodeId }) {
    const { outerHTML } = await this.#session.send('DOM.getOuterHTML', { backendNodeId });
    return outerHTML.slice(0, 160);
  }

  #fault(words) {
    this.faults.push(`${this.#where}: ${words}`);
  }

  async #walk(isThere, what) {
    let stop = await this.#here();
    if (isThere(stop)) return stop;
    let wraps = 0;
    for (let stops = 0; stops < STOPS_MAX && wraps < 2; stops += 1) {
      await this.#page.keyboard.press('Tab');
      stop = await this.#look();
      // Arrows go round in a group; Tab only goes on.
      if (stop.isBack) this.#fault(`${stop.role} ${stop.name} comes after what stands below it`);
      if (stop.isOut) wraps += 1;
      if (isThere(stop)) return stop;
    }
    this.#fault(`${what} is not reached`);
    throw new Error(`${this.#where}: ${what} is not reached with the keyboard`);
  }

  /** Looks at what has the focus now, and notes what is wrong with it. */
  async #look() {
    const stop = await this.#here();
    if (stop.isOut) return stop;
    this.stops += 1;
    const what = `${stop.role} ${stop.name || stop.markup}`;
    if (!stop.name?.trim() || !stop.role || stop.role === 'generic') this.#fault(`${what} says not what it is`);
    if (stop.ring < RING_MIN) this.#fault(`${what} shows no ring: ${stop.ring} px`);
    if (!stop.isSeen) this.#fault(`${what} has the focus out of sight`);
    return stop;
  }

  async #here() {
    const seen = await this.#page.evaluate(look);
    if (seen.isOut) return seen;
    const { result } = await this.#session.send('Runtime.evaluate', { expression: 'document.activeElement' });
    const { nodes } = await this.#session.send('Accessibility.getPartialAXTree', { objectId: result.objectId, fetchRelatives: false });
    const [node] = nodes;
    return { ...seen, role: node?.role?.value, name: node?.name?.value ?? '' };
  }
}

const matches = (words, wanted) => (wanted instanceof RegExp ? wanted.test(words) : words === wanted);

/** Runs in the page: what has the focus, whether one sees that, and where in the page it stands. */
async function look() {
  const element = document.activeElement;
  if (!element || element === document.body || element === document.documentElement) return { isOut: true };
  // A page that scrolls to it does so with the next picture.
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  // What had the focus before may be gone, or have moved. At the end a browser begins anew.
  const last = window.lastStop;
  window.lastStop = element;
  const isAnew = element.matches('.skip-link');
  const isBack = !isAnew && !!last?.isConnected && (last.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_PRECEDING) !== 0;
  const px = (value) => Number.parseFloat(value) || 0;
  const outline = (one) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(one);
    return outlineStyle === 'none' ? 0 : px(outlineWidth);
  };
  /** A line round a shape in a picture grows with the picture. */
  const stroke = (one) => {
    const scale = one.getScreenCTM?.()?.a ?? 0;
    return getComputedStyle(one).stroke === 'none' ? 0 : px(getComputedStyle(one).strokeWidth) * scale;
  };
  const around = [element, element.closest('label')].filter(Boolean).map(outline);
  const lines = element instanceof SVGElement ? [...element.querySelectorAll('*')].map(stroke) : [];
  const { left, top, right, bottom } = element.getBoundingClientRect();
  const points = [0.1, 0.5, 0.9].flatMap((x) => [0.1, 0.5, 0.9].map((y) => [left + (right - left) * x, top + (bottom - top) * y]));
  const owner = element.closest('label') ?? element;
  const isOwn = (hit) => hit && (owner.contains(hit) || hit.contains(element));
  return {
    isOut: false,
    id: element.id,
    group: element.name,
    checked: element.checked === true,
    ring: Math.round(Math.max(...around, ...lines) * 10) / 10,
    isSeen: points.some(([x, y]) => isOwn(document.elementFromPoint(x, y))),
    isBack,
    markup: element.outerHTML.slice(0, 120),
  };
}
