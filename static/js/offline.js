// Lets the browser keep a copy for use without a network, where it can. The copy itself is the
// work of /sw.js. It begins when the page is there, so as not to slow it down.
if ("serviceWorker" in navigator) {
  addEventListener("load", () => {
    navigator.serviceWorker.register("/sw.js").catch(() => {}); // blocked: the page is all there is
  });
}
