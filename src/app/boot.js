// Starts the app. The build puts the names with hashes in place of "/app.js" and "/app_bg.wasm".
// Old phones never read this file: guard.js has sent them elsewhere.
import start from "/app.js";

const STYLE_WAIT = 5000;

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

styled()
  .then(() => start({ module_or_path: "/app_bg.wasm" }))
  .catch((trouble) => {
    console.error(trouble);
    dispatchEvent(new Event("medspil-panic"));
  });
