// Runs before the first paint, so that the reader's theme, position and country show without a flash.
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

  window.legrelief = {
    kept,
    keep(name, value) {
      try {
        if (value) localStorage.setItem(name, value);
        else localStorage.removeItem(name);
      } catch {
        // The choice then holds for this page only.
      }
    },
    showTheme(theme) {
      if (["night", "dim", "day"].includes(theme)) root.dataset.theme = theme;
      else delete root.dataset.theme;
    },
    showPosition(position) {
      if (["standing", "chair", "bed"].includes(position)) root.dataset.position = position;
      else delete root.dataset.position;
    },
    showCountry(country) {
      if (/^[a-z]{2}$/.test(country)) {
        root.dataset.country = country;
        sheet.replaceSync(`[data-in]:not([data-in~="${country}"]) { display: none !important }`);
      } else {
        delete root.dataset.country;
        sheet.replaceSync("");
      }
    },
  };

  root.dataset.js = "";
  document.adoptedStyleSheets.push(sheet);
  legrelief.showTheme(kept("look") || kept("theme"));
  legrelief.showPosition(kept("position"));
  legrelief.showCountry(kept("country"));
})();
