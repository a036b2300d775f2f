// A routine is kept on this device, before site.js leads to it; a calendar begins on the reader's day.
(() => {
  const { kept, keep } = window.legrelief;

  for (const { dataset } of document.querySelectorAll("[data-routine]")) {
    const parts = document.querySelectorAll("[data-keep]");
    const keepIt = () => {
      keep("routine", dataset.routine);
      for (const part of parts) part.hidden = !part.hidden;
    };
    // Changed on our own pages it is the reader's; a link from elsewhere asks first.
    const own = document.referrer.startsWith(`${location.origin}/`);
    if (own || dataset.routine === kept("routine")) keepIt();
    else parts[0]?.addEventListener("click", keepIt);
  }

  for (const day of document.querySelectorAll("input[type=date]")) {
    day.value = new Date().toLocaleDateString("sv"); // as an input has it
  }
})();
