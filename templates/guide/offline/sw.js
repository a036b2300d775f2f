// Keeps a copy of what helps most for use without a network. It never handles what is under
// /check/, /admin/ or /useful/, a form, or another origin: those go to the network as if it were not here.
// Another version, after a publish or a deploy, fetches every saved page anew.

const CACHE = "legrelief-{{ version }}";
const STATIC = "{{ static }}";
const OFFLINE = location.origin + "{% url "offline" %}";
const ALWAYS = ["{% url "cramp" %}", "{% url "rest" %}", "{% url "help" %}", OFFLINE].map(
  (path) => new URL(path, location.origin).href,
);
// The last few are saved of each kind: a reader's own routine and one more that came as a link,
// a ready-made routine, other pages.
const LAST = [
  [/^\/routine\/\?s=./, 2],
  [/^\/routines\/[^/]+\/$/, 1],
  [/^/, 8],
];
const PATIENCE = 3000; // milliseconds, then the saved copy is better than no answer yet

const pathOf = (address) => new URL(address).pathname;
const isOurs = (address) => new URL(address).origin === location.origin;
const isHandled = (address) => isOurs(address) && !/^\/(check|admin|useful)\//.test(pathOf(address));
const isKept = (address) => isHandled(address) && !/^\/search\//.test(pathOf(address));
const isFile = (address) => isOurs(address) && pathOf(address).startsWith(STATIC);
const isForEver = (address) => /\.[0-9a-f]{12}\./.test(address); // its name tells its content
const saved = (address) => caches.match(address, { cacheName: CACHE, ignoreVary: true });

// A worker is not shown Set-Cookie. Whatever in Django uses a cookie says Vary: Cookie.
const isPublic = ({ status, redirected, headers }) =>
  status === 200 &&
  !redirected &&
  /^text\/html/.test(headers.get("Content-Type")) &&
  !/no-store|private/i.test(headers.get("Cache-Control")) &&
  !/cookie|\*/i.test(headers.get("Vary"));

const caching = async () => (await caches.keys()).filter((name) => name.startsWith("legrelief-"));
const pagesIn = async (cache) =>
  (await cache.keys()).map((request) => request.url).filter((address) => !isFile(address));

// Save a file, and those that it names: a page its style, scripts and font, a style its fonts.
async function saveFile(cache, address) {
  const had = isForEver(address) && (await caches.match(address, { ignoreVary: true }));
  const answer = had || (await fetch(address, { cache: "no-cache" }));
  if (answer.status !== 200) return;
  if (address.endsWith(".css")) await saveNamed(cache, await answer.clone().text(), address);
  await cache.put(address, answer);
}

async function saveNamed(cache, text, base) {
  for (const [, link, url] of text.matchAll(/(?:href|src)="(\/[^"]+)"|url\("?(\.[^)"]+)/g)) {
    const address = new URL(link || url, base).href;
    const done = isForEver(address) && (await cache.match(address, { ignoreVary: true }));
    if (isFile(address) && !done) await saveFile(cache, address);
  }
}

async function savePage(cache, address, answer) {
  if (!isKept(address) || !isPublic(answer)) return;
  const text = await answer.clone().text();
  await saveNamed(cache, text, address);
  await cache.put(address, answer); // it is now the last of the keys

  let rest = (await pagesIn(cache)).filter((page) => !ALWAYS.includes(page));
  for (const [kind, most] of LAST) {
    const alike = rest.filter((page) => kind.test(page.slice(location.origin.length)));
    rest = rest.filter((page) => !alike.includes(page));
    for (const old of alike.slice(0, -most)) await cache.delete(old);
  }
}

// What was saved before, and what is open now, is saved in this version. If the network fails,
// the worker is not installed and the one before it goes on with its own copies.
async function install() {
  const addresses = new Set(ALWAYS);
  for (const name of await caching()) {
    for (const address of await pagesIn(await caches.open(name))) addresses.add(address);
  }
  for (const { url } of await clients.matchAll({ includeUncontrolled: true, type: "window" })) {
    addresses.add(url.split("#")[0]);
  }
  const cache = await caches.open(CACHE);
  for (const address of [...addresses].filter(isKept)) {
    const answer = await fetch(address, { cache: "no-cache" });
    if (answer.status >= 500) throw new Error(`${address} answers ${answer.status}`);
    await savePage(cache, address, answer);
  }
  await skipWaiting();
}

async function activate() {
  for (const name of await caching()) if (name !== CACHE) await caches.delete(name);
  await clients.claim();
}

async function file(request) {
  const copy = await saved(request.url);
  if (copy && isForEver(request.url)) return copy;
  return fetch(request).catch(() => copy || Response.error());
}

// The network first. If it fails, or is slow and there is a copy: the copy, which says so.
async function page(event, network) {
  const copy = await saved(event.request.url);
  if (!copy) return network.catch(() => saved(OFFLINE));
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE));
  const answer = await Promise.race([network, late]).catch(() => undefined);
  return answer && answer.status < 500 ? answer : marked(copy);
}

// Only the worker knows that a page is a copy, so it writes that into the page.
async function marked(copy) {
  const day = new Date(copy.headers.get("Date")).toLocaleDateString("en-US", { dateStyle: "long" });
  const words = `Saved copy from ${day}. Phone numbers still work.`;
  const text = (await copy.text()).replace("<main", `<p class="saved" role="status">${words}</p>$&`);
  return new Response(text, { headers: copy.headers });
}

addEventListener("install", (event) => event.waitUntil(install()));
addEventListener("activate", (event) => event.waitUntil(activate()));
addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || !isHandled(request.url)) return;
  if (isFile(request.url)) {
    event.respondWith(file(request));
  } else if (request.mode === "navigate") {
    const network = fetch(request);
    const save = async (answer) => savePage(await caches.open(CACHE), request.url, answer);
    // The copy is taken at once: when the page has been read, it is too late.
    event.waitUntil(network.then((answer) => save(answer.clone())).catch(() => {}));
    event.respondWith(page(event, network));
  }
});
