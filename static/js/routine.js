// The routine kept on this device: a link.
(() => {
  const { kept, keep } = window.legrelief;
  const all = (name) => document.querySelectorAll(`[data-${name}]`);

  for (const { dataset } of all("routine")) {
    const parts = all("keep");
    const keepIt = () => {
      keep("routine", dataset.routine);
      for (const part of parts) part.hidden = !part.hidden;
    };
    // Changed on our own pages it is the reader's; a link from elsewhere asks first.
    const own = document.referrer.startsWith(`${location.origin}/`);
    if (own || dataset.routine === kept("routine")) keepIt();
    else parts[0]?.addEventListener("click", keepIt);
  }

  const mine = kept("routine");
  for (const link of mine ? all("mine") : []) {
    link.search = `?s=${encodeURIComponent(mine + link.dataset.mine)}`;
    link.hidden = false;
  }
})();
