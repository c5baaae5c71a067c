/* Stands guard while the app starts and runs: sends old phones to a page they can read, shows a way
   out when the app does not come up, and looks after new versions.

   Written for the oldest browsers (ES5), because they have to be able to read it.
   It never touches IndexedDB: what somebody has written is there, whatever happens here.

   What the app says:    window event "medspil-coming"   More of me has come over the line.
                         window event "medspil-up"       I am drawn and work.
                         window event "medspil-panic"    I cannot go on.
                         window event "medspil-blocked"  Another page holds the database, and I wait for it.
                         sessionStorage "medspil-ended"  taken away: the page before this one ended by a fault.
                         localStorage "medspil-help"     {"name": "Mette", "phone": "12345678"}, shown when all else fails.
                         localStorage "medspil-theme"    "light" or "dark"; missing means as the phone has it.
   What the app is told: window event "medspil-update"   a new version waits.
   What the app may ask: window.medspilUpdate.waiting()  is there one?
                         window.medspilUpdate.take()     take it now; the page loads again once.
                         window.medspilUpdate.draft      set to a function: is something half written? */
(function () {
  'use strict';
  // After the last that came over the line: the line may be slow.
  var UP_WITHIN = 10 * 1000;
  var LOOK_EVERY = 2 * 1000;
  var PANICS_APART = 60 * 1000;
  var LOOK_FOR_UPDATE_EVERY = 60 * 60 * 1000;
  var isUp = false;
  var isLeaving = false;
  var isStartingOver = false;

  /* ---- Old phones ---- */

  var canRun =
    typeof WebAssembly === 'object' && 'indexedDB' in window && typeof BigInt === 'function' &&
    'noModule' in document.createElement('script') && typeof queueMicrotask === 'function';
  if (!canRun) {
    location.replace('/gammel.html');
    return;
  }

  /* ---- Looks ---- */

  var theme = kept('localStorage', 'medspil-theme');
  if (theme) document.documentElement.setAttribute('data-theme', theme);

  /* ---- Up, or not ---- */

  var watch = setTimeout(rescue, UP_WITHIN);
  var read = lettersRead();
  var reading = setInterval(look, LOOK_EVERY);
  window.addEventListener('medspil-coming', waitAgain);

  function waitAgain() {
    clearTimeout(watch);
    if (!isUp) watch = setTimeout(rescue, UP_WITHIN);
  }

  // The page carries a part of the app, and nobody says that more of it has come.
  function look() {
    var had = read;
    read = lettersRead();
    if (read > had) waitAgain();
    if (document.readyState !== 'loading') clearInterval(reading);
  }

  function lettersRead() {
    return document.documentElement.textContent.length;
  }

  window.addEventListener('medspil-up', function () {
    isUp = true;
    clearTimeout(watch);
    remove('start');
    remove('carried');
    remove('rescue');
  });
  window.addEventListener('medspil-panic', panic);
  window.addEventListener('medspil-blocked', function () {
    clearTimeout(watch);
    panel('Medspil er åben et andet sted', [
      element('p', 'Luk de andre faner og vinduer med Medspil.'),
      element('p', 'Så åbner den her af sig selv.'),
      element('p', 'Det, du har skrevet, ligger stadig på din telefon.'),
      button('Prøv igen', function () { location.reload(); })
    ]);
  });
  window.addEventListener('error', function (event) { listenTo(event.error); });
  window.addEventListener('unhandledrejection', function (event) { listenTo(event.reason); });

  // The published app dies without a word: all there is to hear is that the module has stopped.
  function listenTo(trouble) {
    if (trouble instanceof WebAssembly.RuntimeError) panic();
  }

  // Once again from the start, and with the app put together anew; if that does not help within a minute, a
  // person must.
  function panic() {
    if (isLeaving) return;
    keep('sessionStorage', 'medspil-ended', 1);
    var last = Number(kept('sessionStorage', 'medspil-panic') || 0);
    if (Date.now() - last > PANICS_APART && keep('sessionStorage', 'medspil-panic', Date.now())) {
      isLeaving = true;
      forgetModule(reloadOnce);
      // A storage that is ill may never answer.
      setTimeout(reloadOnce, 1000);
    } else {
      rescue();
    }
  }

  function reloadOnce() {
    if (isLeaving) location.reload();
    isLeaving = false;
  }

  // What boot.js has put together: file by file, since on a full disk a whole cache cannot go.
  function forgetModule(then) {
    if (!window.caches) return then();
    caches.open('medspil-module').then(function (cache) {
      return cache.keys().then(function (names) {
        return Promise.all(names.map(function (name) { return cache.delete(name); }));
      });
    }).then(then, then);
  }

  function rescue() {
    clearTimeout(watch);
    if (document.getElementById('rescue')) return;
    panel(isUp ? 'Noget gik galt' : 'Medspil vil ikke åbne', [
      element('p', 'Det er ikke din skyld.'),
      element('p', 'Det, du har skrevet, ligger stadig på din telefon.'),
      element('p', 'Er telefonen fuld? Slet noget, og prøv igen.'),
      button('Prøv igen', function () { location.reload(); }),
      element('p', 'Hjælper det ikke? Så hent appen igen. Din plan bliver ikke slettet.'),
      button('Start forfra', startOver)
    ]);
  }

  function panel(title, middle) {
    var help = {};
    try { help = JSON.parse(kept('localStorage', 'medspil-help')) || {}; } catch (broken) { help = { broken: broken }; }
    remove('rescue');
    var made = element('section', '', { id: 'rescue', role: 'alert', lang: 'da' });
    add(made, [element('h1', title)].concat(middle, [
      help.phone
        ? element('a', 'Ring til ' + (help.name || 'din koordinator') + ': ' + help.phone, { href: 'tel:' + help.phone })
        : element('p', 'Ring til din koordinator, hvis du har brug for hjælp.'),
      element('a', 'Er det akut? Ring 112', { href: 'tel:112' })
    ]));
    document.body.insertBefore(made, document.body.firstChild);
    made.querySelector('button').focus();
  }

  // Fetches the app anew. What was written is never touched, and what was fetched before goes only when all of the
  // new is here: a server that is ill, or a hotel's log-in page, answers too.
  function startOver() {
    panel('Vi henter appen igen', [
      element('p', 'Det kan tage et par minutter.'),
      button('Prøv igen', function () { location.reload(); })
    ]);
    isStartingOver = true;
    fetchAnew().then(function () {
      forgetModule(function () { location.replace('/'); });
    }, function () {
      panel('Appen kan ikke hentes nu', [
        element('p', 'Der er noget galt med nettet her.'),
        element('p', 'Intet er slettet. Prøv igen senere, eller find et andet net.'),
        button('Prøv igen', function () { location.reload(); }),
        button('Start forfra', startOver)
      ]);
    });
  }

  // By a worker of another name, which is installed though it is the same: it fetches all of it, or comes to nothing.
  function fetchAnew() {
    var workers = navigator.serviceWorker;
    if (!workers || !window.caches) return fetch('/', { cache: 'reload' }).then(isOurs);
    return caches.open('medspil-notes').then(function (notes) {
      return notes.put('/anew', new Response('1'));
    }).then(function () {
      return workers.register('/sw.js?' + Date.now(), { updateViaCache: 'none' });
    }).then(function (found) {
      return new Promise(function (done, failed) {
        var coming = found.installing || found.waiting;
        if (!coming) return failed();
        coming.addEventListener('statechange', listen);
        listen();
        function listen() {
          if (coming.state === 'installed') coming.postMessage({ type: 'take-over' });
          if (coming.state === 'activated') done();
          if (coming.state === 'redundant') failed();
        }
      });
    });
  }

  function isOurs(answer) {
    return answer.text().then(function (page) {
      if (!answer.ok || page.indexOf('id="carried"') < 0 && page.indexOf('id=carried') < 0) throw new Error('not ours');
    });
  }

  /* ---- Pages that a browser translates ---- */

  // It puts a <font> with its own words in the place of ours, which the app then changes where nobody sees them: the
  // page would go on saying what was so. So our words stay in the page, empty, before theirs; what is said anew
  // takes theirs away, and is translated again.
  var pairs = new WeakMap();
  var isTranslated = false;
  var pageWatch = new MutationObserver(keepOurWords);
  pageWatch.observe(document.documentElement, { childList: true, characterData: true, subtree: true });

  function keepOurWords(changes) {
    var fresh = [];
    each(changes, function (change) {
      each(change.addedNodes, function (node) {
        if (node.nodeName === 'FONT' && !pairs.has(node)) fresh.push(node);
      });
    });
    isTranslated = isTranslated || fresh.length > 0;
    if (!isTranslated) return;
    each(changes, function (change) {
      if (change.type === 'characterData') return spoken(change.target);
      each(change.removedNodes, function (node) {
        var font = standIn(change, fresh);
        if (node.nodeType === 3 && font && !pairs.has(node)) putBack(node, font);
        else if (pairs.has(node)) taken(node, font);
      });
      // Away from the page (Gem væk) nobody saw what was said.
      each(change.addedNodes, function (node) {
        if (node.querySelectorAll) each(node.querySelectorAll('font'), function (font) { spoken((pairs.get(font) || {}).ours); });
      });
    });
    // What was done here is no news.
    pageWatch.takeRecords();
  }

  function standIn(change, fresh) {
    var beside = [].slice.call(change.addedNodes).concat(change.previousSibling, change.nextSibling);
    return beside.filter(function (node) {
      return fresh.indexOf(node) >= 0 && node.parentNode === change.target && !pairs.has(node);
    })[0];
  }

  function putBack(ours, font) {
    var isInside = font.contains(ours);
    font.parentNode.insertBefore(ours, font);
    // Ours stood inside of it, and it is empty now.
    if (isInside) return void font.parentNode.removeChild(font);
    var pair = { ours: ours, font: font, words: ours.data };
    pairs.set(ours, pair);
    pairs.set(font, pair);
    ours.data = '';
  }

  // We have said something else.
  function spoken(ours) {
    var pair = ours && pairs.get(ours);
    if (pair && ours.data) part(pair, pair.font);
  }

  // One of the two has been taken away: ours by the app, theirs where the page is translated no longer, or anew.
  function taken(node, font) {
    var pair = pairs.get(node);
    if (node.isConnected) return;
    if (node === pair.ours) return part(pair, pair.font);
    pairs.delete(node);
    pair.font = font;
    if (font) return pairs.set(font, pair);
    pairs.delete(pair.ours);
    if (!pair.ours.data) pair.ours.data = pair.words;
  }

  function part(pair, font) {
    pairs.delete(pair.ours);
    pairs.delete(font);
    if (font.parentNode) font.parentNode.removeChild(font);
  }

  function each(all, what) { [].forEach.call(all, what); }

  /* ---- New versions: fetched quietly, taken only when somebody says so ---- */

  var registration = null;
  var taken = false;
  var update = {
    waiting: function () { return Boolean(registration && registration.waiting); },
    take: function () {
      if (!update.waiting()) return;
      taken = true;
      registration.waiting.postMessage({ type: 'take-over' });
    },
    // Until the app knows better, something may be half written.
    draft: function () { return true; }
  };
  window.medspilUpdate = update;

  if (!('serviceWorker' in navigator)) return;
  var hadWorker = Boolean(navigator.serviceWorker.controller);
  var loadedAgain = false;
  navigator.serviceWorker.addEventListener('controllerchange', function () {
    // The very first worker takes over a page that is new already.
    if (hadWorker && !loadedAgain && !isStartingOver && (taken || !update.draft())) {
      loadedAgain = true;
      location.reload();
    }
    hadWorker = true;
  });
  // After the app is there, so that the two do not fight for a thin line.
  window.addEventListener('medspil-up', function () {
    // A worker that was told to leave would stay if it were registered again.
    var workers = navigator.serviceWorker;
    var found = workers.controller ? workers.getRegistration() : workers.register('/sw.js');
    found.then(follow, function (refused) {
      if (window.console) console.warn('No offline copy: ' + refused);
    });
  });

  function follow(found) {
    if (!found) return;
    registration = found;
    if (found.waiting) tell();
    found.addEventListener('updatefound', function () {
      var coming = found.installing;
      coming.addEventListener('statechange', function () {
        if (coming.state === 'installed' && navigator.serviceWorker.controller) tell();
      });
    });
    var looked = Date.now();
    document.addEventListener('visibilitychange', function () {
      if (document.visibilityState !== 'visible' || Date.now() - looked < LOOK_FOR_UPDATE_EVERY) return;
      looked = Date.now();
      found.update().then(null, function () { looked = 0; });
    });
  }

  function tell() {
    window.dispatchEvent(new Event('medspil-update'));
  }

  /* ---- Small tools ---- */

  function element(name, words, attributes) {
    var made = document.createElement(name);
    if (words) made.appendChild(document.createTextNode(words));
    for (var key in attributes || {}) made.setAttribute(key, attributes[key]);
    return made;
  }

  function button(words, press) {
    var made = element('button', words, { type: 'button' });
    made.addEventListener('click', press);
    return made;
  }

  function add(parent, children) {
    for (var i = 0; i < children.length; i++) parent.appendChild(children[i]);
  }

  function remove(id) {
    var found = document.getElementById(id);
    if (found) found.parentNode.removeChild(found);
  }

  // Storage may be forbidden; then there is nothing kept, and nothing breaks.
  function kept(storage, key) {
    try { return window[storage].getItem(key); } catch (forbidden) { return null; }
  }

  function keep(storage, key, value) {
    try { window[storage].setItem(key, String(value)); return true; } catch (forbidden) { return false; }
  }
})();
