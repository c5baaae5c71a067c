// Starts the app. The build puts the names with hashes in place of the paths in double quotes.
// Old phones never read this: guard.js has sent them elsewhere.
import openCitizens from "/app.js";
import { unfolding } from "/unfold.js";

const OTHER_LANGUAGES = { en: "/texts/en.txt" };
const APPS = {
  citizens: () => started(openCitizens, "/app.wasm", "/app.folded", carried),
  staff: () => started(import("/staff.js").then((app) => app.default), "/staff.wasm", "/staff.folded"),
};
const KEPT = 'medspil-module';
const AS_MODULE = { headers: { 'content-type': 'application/wasm' } };

async function started(script, name, path, first = () => new Uint8Array(0)) {
  const [open, module_or_path] = await Promise.all([script, compiled(name, path, first)]);
  await open({ module_or_path });
}

// As it was put together at an earlier start, which takes a slow phone a sixth of a second; or put together now.
async function compiled(name, path, first) {
  try {
    const had = await caches.match(name, { cacheName: KEPT });
    if (had) {
      addEventListener("medspil-up", () => fetchForLater(path), { once: true });
      return await WebAssembly.compileStreaming(had);
    }
  } catch (unreadable) {
    console.warn(unreadable);
  }
  return WebAssembly.compileStreaming(fetched(name, path, first()));
}

// The module, which the browser compiles while it comes.
async function fetched(name, path, first) {
  const answer = await fetch(path);
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  const whole = (module) => addEventListener("medspil-up", () => keep(name, module), { once: true });
  return new Response(answer.body.pipeThrough(unfolding(first, coming, whole)), AS_MODULE);
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
    // What an older version put together.
    await caches.delete(KEPT);
    await (await caches.open(KEPT)).put(name, new Response(module, AS_MODULE));
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
  return kept("medspil-app") === "staff" ? APPS.staff().catch(APPS.citizens) : APPS.citizens();
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
