// What this device keeps for its reader: theme, country, position and routine. It runs before the
// first paint, so that they show without a flash. What needs the page waits for it, below, and then
// comes before htmx, which waits for it too.
(() => {
  const root = document.documentElement;
  const sheet = new CSSStyleSheet();

  const kept = (name) => {
    try {
      return localStorage.getItem(name) || "";
    } catch {
      return ""; // storage is blocked: the page follows the device
    }
  };
  const keep = (name, value) => {
    try {
      if (value) localStorage.setItem(name, value);
      else localStorage.removeItem(name);
    } catch {
      // The choice then holds for this page only.
    }
  };
  const showTheme = (theme) => {
    if (["night", "dim", "day"].includes(theme)) root.dataset.theme = theme;
    else delete root.dataset.theme;
  };
  const showPosition = (position) => {
    if (["standing", "chair", "bed"].includes(position)) root.dataset.position = position;
    else delete root.dataset.position;
  };
  const showCountry = (country) => {
    if (/^[a-z]{2}$/.test(country)) {
      root.dataset.country = country;
      sheet.replaceSync(`[data-in]:not([data-in~="${country}"]) { display: none !important }`);
    } else {
      delete root.dataset.country;
      sheet.replaceSync("");
    }
  };

  window.legrelief = { kept, keep };
  root.dataset.js = "";
  document.adoptedStyleSheets.push(sheet);
  showTheme(kept("look") || kept("theme"));
  showPosition(kept("position"));
  showCountry(kept("country"));

  document.addEventListener("DOMContentLoaded", () => {
    const themes = document.querySelectorAll("input[name=theme]");
    for (const input of themes) {
      input.checked = input.value === (root.dataset.theme || "");
      input.addEventListener("change", () => {
        keep("look", input.value || "auto");
        showTheme(input.value);
      });
    }

    const countries = [...document.querySelectorAll("[data-choose-country]")];
    const offered = countries.flatMap((select) => [...select.options].map((option) => option.value));
    // One that the guide no longer has would hide every number.
    if (countries.length && kept("country") && !offered.includes(kept("country"))) {
      keep("country", "");
      showCountry("");
    }
    for (const select of countries) {
      if (kept("country")) select.value = kept("country");
      select.addEventListener("change", () => {
        keep("country", select.value);
        showCountry(select.value);
        for (const other of countries) other.value = select.value;
      });
    }

    const show = () => {
      const position = root.dataset.position || "";
      for (const input of document.querySelectorAll("input[data-position-choice]")) {
        input.checked = input.value === position;
      }
    };
    const choose = (position) => {
      keep("position", position);
      showPosition(position);
      show();
    };

    show();
    document.addEventListener("htmx:afterSettle", show);
    document.addEventListener("change", (event) => {
      if (event.target.matches("input[data-position-choice]")) choose(event.target.value);
    });
    document.addEventListener("click", (event) => {
      const button = event.target.closest("button[data-position-choice]");
      if (!button) return;
      choose(button.value);
      button.closest("[data-list]").querySelector("input:checked").focus();
    });

    // A page brought back, or open beside, follows too.
    const follow = () => {
      showPosition(kept("position"));
      show();
    };
    addEventListener("pageshow", follow);
    addEventListener("storage", (event) => event.key === "position" && follow());

    const all = (name) => document.querySelectorAll(`[data-${name}]`);

    const mine = kept("routine");
    for (const link of mine ? all("mine") : []) {
      link.search = `?s=${encodeURIComponent(mine + link.dataset.mine)}`;
      link.hidden = false;
    }

    for (const button of all("print")) button.addEventListener("click", () => print());

    // Answers are none of the worker's business.
    if (location.pathname.startsWith("/check/")) return;
    addEventListener("load", () => navigator.serviceWorker?.register("/sw.js").catch(() => {}));
  });
})();

// Cramp now: opens the help that came with the page, and counts slowly while the reader holds.
document.addEventListener("DOMContentLoaded", () => {
  const dialog = document.getElementById("cramp-now");
  const bar = document.querySelector(".cramp-bar");
  if (!bar) return;

  // Count to 10 and again, by the clock: a sleeping screen loses no time.
  const button = bar.querySelector("button");
  const count = bar.querySelector(".count");
  const number = bar.querySelector(".number");
  const late = bar.querySelector(".late span");
  const label = button.textContent;
  const BEAT = 1500;
  const TOO_LONG = 600_000;
  let began;
  let next;

  const stop = () => {
    clearTimeout(next);
    count.hidden = true;
    button.textContent = label;
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
  addEventListener(
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
});
