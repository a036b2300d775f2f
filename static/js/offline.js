// Registers the worker that keeps copies, where the browser allows one.
addEventListener("load", () => navigator.serviceWorker?.register("/sw.js").catch(() => {}));
