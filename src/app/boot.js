// Starts the app. The build puts the names with hashes in place of the paths in double quotes.
// Old phones never read this file: guard.js has sent them elsewhere.
import start from "/app.js";

const STYLE_WAIT = 5000;
const OTHER_LANGUAGES = { en: "/texts/en.txt" };

// The app is not drawn before it can look like itself, but it does not wait for ever.
function styled() {
  const sheet = document.getElementById("sheet");
  if (!sheet || sheet.sheet) return Promise.resolve();
  sheet.rel = "stylesheet";
  return new Promise((done) => {
    sheet.onload = done;
    sheet.onerror = done;
    setTimeout(done, STYLE_WAIT);
  });
}

// Another language than Danish, when one was chosen and can be had. The app speaks Danish else.
async function worded() {
  try {
    const language = localStorage.getItem("medspil-language");
    if (!Object.hasOwn(OTHER_LANGUAGES, language)) return;
    const answer = await fetch(OTHER_LANGUAGES[language]);
    if (!answer.ok) return;
    window.medspilTexts = await answer.text();
    document.documentElement.lang = language;
  } catch (notToBeHad) {
    console.warn(notToBeHad);
  }
}

Promise.all([styled(), worded()])
  .then(() => start({ module_or_path: "/app_bg.wasm" }))
  .catch((trouble) => {
    console.error(trouble);
    dispatchEvent(new Event("medspil-panic"));
  });
