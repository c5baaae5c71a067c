/* Keeps the app on the phone, so that it opens with no network. By hand and small, so that it can be read.
   - Pages come from the phone first, always. The network is asked only for what is missing.
   - It never touches what people write, nor anything that is not a plain GET of a file.
   - A new version is fetched quietly and waits until somebody says {type: 'take-over'}.
   - Kill switch: when GET /kill answers 200 with the text "off", it clears its caches and leaves.
     It asks before it settles, when it takes over, and then at most once a day. Normally /kill is 404. */
'use strict';

const VERSION = '__VERSION__';
const FILES = __PRECACHE__;
const PAGE = '__PAGE__';
const CACHE = 'medspil-' + VERSION;
const NOTES = 'medspil-notes';
// What the page has put together to run; it looks after that itself (boot.js).
const MODULE = 'medspil-module';
// A note of guard.js: fetch all of it, whatever lies here.
const ANEW = '/anew';
const OURS = /^medspil-/;

const NEVER_KEPT = /^\/(icons\/|robots\.txt$|gammel\.)/;
// Other languages, and the app for coordinators: kept by those who have asked for them.
const KEPT_WHEN_ASKED_FOR = /^\/(texts\/[a-z]+|staff)-/;
const NEVER_OURS = /^\/(sync|live|healthz|readyz|kill|api)(\/|$)/;
// The build puts a hash of the bytes in these names: such a file is never stale.
const NAMED_BY_BYTES = /-[0-9a-f]{16}[._]/;
const LOOKS_LIKE_A_FILE = /\.[a-z0-9]+$/i;
const DAY = 24 * 60 * 60 * 1000;

let hasLeft = false;

self.addEventListener('install', (event) => event.waitUntil(fetchEverything()));
self.addEventListener('activate', (event) => event.waitUntil(takeOver()));
self.addEventListener('message', (event) => {
  if (event.data && event.data.type === 'take-over') self.skipWaiting();
});
self.addEventListener('fetch', (event) => {
  const url = new URL(event.request.url);
  if (hasLeft || event.request.method !== 'GET' || url.origin !== self.location.origin) return;
  if (NEVER_OURS.test(url.pathname)) return;
  if (event.request.mode === 'navigate' && !LOOKS_LIKE_A_FILE.test(url.pathname)) {
    event.respondWith(page(event));
  } else if (FILES.includes(url.pathname)) {
    event.respondWith(file(event, url.pathname));
  }
});

async function fetchEverything() {
  // The page asks again for a worker that has left; it must not come back before it may.
  if (await isTold()) throw new Error('Told to stay away.');
  const notes = await caches.open(NOTES);
  // "Start forfra": what lies here may be what is wrong.
  const anew = await notes.match(ANEW);
  const asked = await askedForBefore();
  const isWanted = (path) => !NEVER_KEPT.test(path) &&
    (!KEPT_WHEN_ASKED_FOR.test(path) || asked.has(KEPT_WHEN_ASKED_FOR.exec(path)[0]));
  const wanted = FILES.filter(isWanted);
  const get = async (path) => {
    // What the last version had, byte for byte, is not paid for again.
    const had = !anew && NAMED_BY_BYTES.test(path) && await caches.match(path);
    return had || (path === '/' ? ourPage() : whole(await fresh(path, anew && 'reload')));
  };
  // All of it is here before any of it takes the place of what was.
  const files = await Promise.all(wanted.map(get));
  const cache = await caches.open(CACHE);
  await Promise.all(files.map((file, at) => cache.put(wanted[at], file)));
  await notes.delete(ANEW);
}

async function whole(answer) {
  return new Response(await answer.arrayBuffer(), { headers: answer.headers });
}

/* On a first visit it lies in the browser's own cache, under the rest or under the link with a code; whose page
   it is, the hash tells. Else it is fetched. */
async function ourPage() {
  const lying = { cache: 'only-if-cached', mode: 'same-origin' };
  for (const [path, how] of [['/', lying], ['/i', lying], ['/', { cache: 'reload' }]]) {
    try {
      const answer = await fetch(path, how);
      if (answer.ok && !answer.redirected && await isOurs(answer)) return kept(answer);
    } catch (notThere) {
      continue;
    }
  }
  throw new Error('The page is of another version.');
}

/* Its header asks for the program's file, which is not needed where the program has been put together. */
function kept(page) {
  const headers = new Headers(page.headers);
  headers.delete('link');
  return new Response(page.body, { headers });
}

/* While servers are being renewed one of them may give out the page of another version. Its files may not
   be here, and then it would never open without a network. */
async function isOurs(page) {
  const digest = await crypto.subtle.digest('SHA-256', await page.clone().arrayBuffer());
  return btoa(String.fromCharCode(...new Uint8Array(digest))) === PAGE;
}

/* What was asked for of the last version, by the start of its name. */
async function askedForBefore() {
  const ours = await Promise.all((await caches.keys()).filter((name) => OURS.test(name)).map((name) => caches.open(name)));
  const requests = (await Promise.all(ours.map((cache) => cache.keys()))).flat();
  const paths = requests.map((request) => KEPT_WHEN_ASKED_FOR.exec(new URL(request.url).pathname));
  return new Set(paths.filter(Boolean).map(([start]) => start));
}

async function fresh(path, how) {
  // What the browser has is asked about, and not sent again when it is the same.
  const answer = await fetch(path, { cache: how || (NAMED_BY_BYTES.test(path) ? 'default' : 'no-cache') });
  if (!isSound(answer, path)) throw new Error(path + ': ' + answer.status);
  return answer;
}

/* A hotel's log-in page answers to every name, and says that all is well. */
function isSound(answer, path) {
  const isPage = /^text\/html/.test(answer.headers.get('content-type'));
  return answer.ok && !answer.redirected && isPage === (path === '/');
}

async function takeOver() {
  const names = await caches.keys();
  const old = names.filter((name) => OURS.test(name) && ![CACHE, NOTES, MODULE].includes(name));
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
  await leaveIfTold();
}

/* One file from the phone; when the browser has thrown it out, from the network, and kept again. */
async function file(event, path) {
  const cache = await caches.open(CACHE);
  const had = await cache.match(path);
  if (had) return had;
  const answer = await fetch(event.request);
  if (isSound(answer, path) && !NEVER_KEPT.test(path)) event.waitUntil(cache.put(path, answer.clone()));
  return answer;
}

async function page(event) {
  event.waitUntil(leaveIfTold(DAY));
  try {
    const cache = await caches.open(CACHE);
    const had = await cache.match('/');
    if (had) return had;
    const answer = await fresh('/');
    if (await isOurs(answer)) event.waitUntil(cache.put('/', kept(answer.clone())));
    return answer;
  } catch (noAnswer) {
    return new Response(NO_PAGE, { headers: { 'Content-Type': 'text/html; charset=utf-8' } });
  }
}

async function leaveIfTold(notWithin = 0) {
  const notes = await caches.open(NOTES);
  const asked = await notes.match('/asked');
  if (asked && Date.now() - Number(await asked.text()) < notWithin) return;
  await notes.put('/asked', new Response(String(Date.now())));
  if (!await isTold()) return;
  hasLeft = true;
  const names = await caches.keys();
  await Promise.all(names.filter((name) => OURS.test(name)).map((name) => caches.delete(name)));
  await self.registration.unregister();
}

async function isTold() {
  try {
    const answer = await fetch('/kill', { cache: 'no-store' });
    return answer.status === 200 && (await answer.text()).trim() === 'off';
  } catch (noNetwork) {
    return false;
  }
}

/* When the phone has thrown the app out and there is no network either. */
const NO_PAGE = `<!doctype html><html lang="da"><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1"><title>Medspil</title>
<style>body{font:18px/1.5 system-ui,sans-serif;max-width:34em;margin:2em auto;padding:0 1em;background:#fbf8f2;color:#1b2430}
a{display:block;padding:.8em 0;color:#0f4f55}@media(prefers-color-scheme:dark){body{background:#14181d;color:#f3efe7}a{color:#9ad4d0}}</style>
<h1>Der er ikke noget net</h1><p>Din telefon har ryddet op og skal hente appen igen.</p>
<p>Det, du har skrevet, er ikke slettet.</p><p>Find et sted med net, og prøv igen.</p>
<a href="/">Prøv igen</a><a href="tel:112">Er det akut? Ring 112</a></html>`;
