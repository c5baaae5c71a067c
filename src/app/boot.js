// Starts the app. The build puts the names with hashes in place of "/app.js" and "/app_bg.wasm".
import start from "/app.js";

await start({ module_or_path: "/app_bg.wasm" });
