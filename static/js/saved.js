// Adds to the list of saved pages whatever else this device has saved, the latest first.
(async () => {
  const list = document.getElementById("saved");
  const listed = new Set([...list.querySelectorAll("a")].map((link) => link.href));
  listed.add(`${location.origin}/offline/`);
  const names = "caches" in window ? await caches.keys().catch(() => []) : [];
  for (const name of names.filter((name) => name.startsWith("legrelief-"))) {
    const cache = await caches.open(name);
    for (const request of (await cache.keys()).reverse()) {
      const answer = await cache.match(request);
      if (listed.has(request.url) || !/^text\/html/.test(answer.headers.get("Content-Type"))) continue;
      listed.add(request.url);
      const saved = new DOMParser().parseFromString(await answer.text(), "text/html");
      const item = list.lastElementChild.cloneNode(true);
      const link = item.querySelector("a");
      link.href = request.url;
      link.textContent = saved.title.replace(" – LegRelief", "");
      list.append(item);
    }
  }
})();
