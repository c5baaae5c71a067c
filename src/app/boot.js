// Starts the app. The build puts the names with hashes in place of the paths in double quotes.
// Old phones never read this: guard.js has sent them elsewhere.
import openCitizens from "/app.js";
import { isHalf } from "/later.js";
import { unfolding } from "/unfold.js";

// The build puts { en: "/texts/…" } here, with all there are.
const OTHER_LANGUAGES = __LANGUAGES__;
const APP = { name: "/app.wasm", path: "/app.folded", first: carried };
// The page itself is looked after by guard.js; of the later half nobody would hear that it has stopped coming.
const LATER = { name: "/later.wasm", path: "/later.folded", silenceMs: 20_000 };
const STAFF = { name: "/staff.wasm", path: "/staff.folded" };
const OURS = [APP, LATER, STAFF].map((module) => module.name);
// What this app cannot read, another one may.
window.medspilVersion = `${APP.path} ${STAFF.path}`;
const KEPT = 'medspil-module';
const AS_MODULE = { headers: { 'content-type': 'application/wasm' } };
const up = new Promise((tell) => addEventListener("medspil-up", tell, { once: true }));

async function citizens() {
  const exports = await started(openCitizens, APP);
  isHalf(exports, () => compiled(LATER));
}

function staff() {
  return started(import("/staff.js").then((app) => app.default), STAFF);
}

async function started(script, module) {
  const [open, module_or_path] = await Promise.all([script, compiled(module)]);
  return open({ module_or_path });
}

// As it was put together at an earlier start, which takes a slow phone a sixth of a second; or put together now.
async function compiled(module) {
  try {
    const had = await caches.match(module.name, { cacheName: KEPT });
    if (had) {
      up.then(() => fetchForLater(module.path));
      return await WebAssembly.compileStreaming(had);
    }
  } catch (unreadable) {
    console.warn(unreadable);
  }
  return WebAssembly.compileStreaming(fetched(module));
}

// The module, which the browser compiles while it comes.
async function fetched({ name, path, first = () => new Uint8Array(0), silenceMs }) {
  const start = first();
  const [silence, heard] = silentFor(silenceMs);
  const answer = await fetch(path, { signal: silence });
  if (!answer.ok) throw Object.assign(new Error(`${path}: ${answer.status}`), { isGone: answer.status === 404 });
  const whole = (module) => {
    heard(true);
    up.then(() => keep(name, module));
  };
  const more = () => {
    heard();
    coming();
  };
  return new Response(answer.body.pipeThrough(unfolding(start, more, whole)), AS_MODULE);
}

// A signal for when nothing has been heard for so long; without a limit it never comes.
function silentFor(limitMs) {
  const given = new AbortController();
  let watch;
  const heard = (all) => {
    clearTimeout(watch);
    if (limitMs && !all) watch = setTimeout(() => given.abort(), limitMs);
  };
  heard();
  return [given.signal, heard];
}

// What a module was put together from must not be missing the day the module is. The worker keeps what passes it.
async function fetchForLater(path) {
  try {
    if (navigator.serviceWorker.controller && !await caches.match(path)) await fetch(path);
  } catch (noNetwork) {
    console.warn(noNetwork);
  }
}

async function keep(name, module) {
  try {
    const cache = await caches.open(KEPT);
    // What an older version put together.
    const old = (await cache.keys()).filter((request) => !OURS.includes(new URL(request.url).pathname));
    await Promise.all(old.map((request) => cache.delete(request)));
    await cache.put(name, new Response(module, AS_MODULE));
  } catch (noRoom) {
    console.warn(noRoom);
  }
}

// What the page carries of the citizens' app: the lowest 8 bits of each letter.
function carried() {
  const letters = document.getElementById('carried');
  if (!letters.nextSibling) throw new Error('The page was cut short.');
  const text = letters.textContent;
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at);
  return bytes;
}

// However slow the line is, something comes: guard.js need not step in.
function coming() {
  dispatchEvent(new Event("medspil-coming"));
}

// The app that was chosen. The citizens' is on every device, and fetches the other where that is missing.
function app() {
  return kept("medspil-app") === "staff" ? staff().catch(citizens) : citizens();
}

// Another language than Danish, when one was chosen and can be had. The app speaks Danish else.
async function worded() {
  const path = OTHER_LANGUAGES[kept("medspil-language")];
  if (!path) return;
  try {
    const answer = await fetch(path);
    if (!answer.ok) return;
    window.medspilTexts = await answer.text();
    document.documentElement.lang = kept("medspil-language");
  } catch (notToBeHad) {
    console.warn(notToBeHad);
  }
}

// Storage may be forbidden; then there is nothing kept, and nothing breaks.
function kept(key) {
  try { return localStorage.getItem(key); } catch (forbidden) { return null; }
}

worded()
  .then(app)
  .catch((trouble) => {
    console.error(trouble);
    dispatchEvent(new Event("medspil-panic"));
  });
