// The routine kept on this device: it is a link, and links lead to it and add to it.
(() => {
  const { kept, keep } = window.legrelief;
  const KEPT = "routine";
  const all = (name) => document.querySelectorAll(`[data-${name}]`);
  const [page] = all("routine");
  const [button] = all("keep");

  const keepThis = () => {
    keep(KEPT, page.dataset.routine);
    if (button) button.hidden = true;
    for (const place of all("said")) place.textContent = "Kept on this device. “My routine” opens it.";
  };

  const lead = (place, text) => {
    place.search = `?s=${encodeURIComponent(text)}`;
  };

  if (page) {
    // Made or changed on our pages it is the reader's own; a link from elsewhere asks first.
    const own = document.referrer.startsWith(`${location.origin}/`);
    if (own || page.dataset.routine === kept(KEPT)) keepThis();
    else if (button) {
      button.hidden = false;
      button.addEventListener("click", keepThis);
    }
  }
  if (kept(KEPT)) {
    for (const place of all("mine")) lead(place, kept(KEPT));
    for (const place of all("add")) lead(place, `${kept(KEPT)}~${place.dataset.add}`);
    for (const place of all("kept")) place.hidden = false;
  }
})();
