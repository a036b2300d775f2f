// What htmx leaves to the page: focus, whole pages, and errors.
(() => {
  // What htmx remembers of the questions goes with the answers.
  if (document.querySelector("[data-cleared]")) {
    try {
      sessionStorage.removeItem("htmx-current-path-for-history");
    } catch {
      // Storage is blocked: nothing was remembered.
    }
  }

  document.querySelector(".alert[data-focus]")?.focus();
  document.addEventListener("htmx:afterSettle", (event) => {
    const heading = event.target.matches("[data-focus]")
      ? event.target
      : event.target.querySelector("[data-focus]");
    heading?.focus();
  });

  // The result has a frame of its own, so it comes as a whole page.
  document.addEventListener("htmx:beforeSwap", (event) => {
    const address = new URL(event.detail.xhr.responseURL, location.href);
    if (!address.pathname.endsWith("/result/")) return;
    event.detail.shouldSwap = false;
    location.assign(address);
  });

  // A mistake, told in place, is no page to go back to.
  document.addEventListener("htmx:beforeHistoryUpdate", (event) => {
    const { history } = event.detail;
    if (new URL(history.path, location.href).href === location.href) history.type = "replace";
  });

  // Next to the button that failed, if the page keeps a place for it there.
  const say = (form, words) => {
    const place = form.querySelector("[data-trouble]") || document.getElementById("alert");
    place.firstElementChild.textContent = words;
    place.hidden = !words;
    if (words && form.contains(place)) form.querySelector("button").focus();
  };
  const kept = location.pathname.startsWith("/check/") ? " Your answers are still here." : "";
  document.addEventListener("htmx:beforeRequest", (event) => say(event.target, ""));
  document.addEventListener("htmx:responseError", (event) => {
    const { xhr } = event.detail;
    // The questions were taken down: their page says so, and trying again would not help.
    if ([404, 410].includes(xhr.status)) location.assign(xhr.responseURL);
    else say(event.target, `That did not work.${kept} Try again.`);
  });
  for (const lost of ["htmx:sendError", "htmx:timeout"]) {
    document.addEventListener(lost, (event) =>
      say(event.target, `No connection.${kept} Try again.`),
    );
  }
})();
