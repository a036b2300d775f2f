// Choices that stay on this device.
(() => {
  const { kept, keep, showTheme, showCountry } = window.legrelief;

  const themes = document.querySelectorAll("input[name=theme]");
  for (const input of themes) {
    input.checked = input.value === (document.documentElement.dataset.theme || "");
    input.addEventListener("change", () => {
      keep("theme", input.value);
      showTheme(input.value);
    });
  }

  const countries = [...document.querySelectorAll("[data-choose-country]")];
  const offered = countries.flatMap((select) => [...select.options].map((option) => option.value));
  // A country that the guide no longer has would hide every number.
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

  // What htmx remembers of the questions goes with the answers.
  if (document.querySelector("[data-cleared]")) {
    try {
      sessionStorage.removeItem("htmx-current-path-for-history");
    } catch {
      // Storage is blocked: nothing was remembered.
    }
  }
})();
