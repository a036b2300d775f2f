// Cramp now: opens the help that came with the page, and counts slowly while the reader holds.
(() => {
  const dialog = document.getElementById("cramp-now");
  const bar = document.querySelector(".cramp-bar");
  if (!bar) return;

  // Count to 10 and again, by the clock: a sleeping screen loses no time.
  const button = bar.querySelector("button");
  const count = bar.querySelector(".count");
  const number = bar.querySelector(".number");
  const late = bar.querySelector(".late span");
  const invitation = button.textContent;
  const BEAT = 1500;
  const TOO_LONG = 10 * 60 * 1000;
  let began;
  let next;

  const stop = () => {
    clearTimeout(next);
    count.hidden = true;
    button.textContent = invitation;
  };
  const beat = () => {
    const spent = performance.now() - began;
    if (spent >= TOO_LONG) {
      stop();
      late.hidden = false;
      return;
    }
    number.textContent = 1 + (Math.floor(spent / BEAT) % 10);
    next = setTimeout(beat, BEAT - (spent % BEAT));
  };
  button.hidden = false;
  button.addEventListener("click", () => {
    if (!count.hidden) return stop();
    began = performance.now();
    count.hidden = false;
    late.hidden = true;
    button.textContent = "Stop counting";
    beat();
  });

  // A plain click opens the help here, with no request, and Back closes it.
  if (!dialog) return;
  let opener = document.querySelector(".dock [data-cramp]");
  let steppingBack = false;

  const open = () => {
    if (!dialog.open) dialog.showModal();
    dialog.querySelector("h2").focus();
    dialog.scrollTop = 0;
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-cramp]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    opener = link;
    history.pushState({ cramp: true }, "");
    open();
  });
  dialog.addEventListener("close", () => {
    if (dialog.open) return; // Forward was faster than this event
    stop();
    const seen = opener.checkVisibility() ? opener : document.querySelector(".menu-button");
    seen.focus();
    if (!history.state?.cramp) return;
    steppingBack = true;
    history.back();
  });
  window.addEventListener(
    "popstate",
    (event) => {
      if (event.state?.cramp) return open();
      if (!dialog.open && !steppingBack) return;
      steppingBack = false;
      event.stopImmediatePropagation(); // htmx would fetch the page anew
      dialog.close();
    },
    true,
  );
  if (history.state?.cramp) open();
})();
