// A finding leads to its field. Browsers scroll there by themselves; this opens what the field is
// folded in, and puts the cursor into the box that the admin draws in place of some fields.
(() => {
  const reach = () => {
    const id = location.hash.slice(1);
    if (!id.startsWith("id_")) return;
    // A list of answers to choose from is drawn anew by the admin; its filter takes the cursor.
    const field = document.getElementById(id) ?? document.getElementById(`${id}_input`);
    if (!field) return;
    for (let fold = field.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    // The box of a search field is drawn beside its select.
    const box = field.matches(".select2-hidden-accessible")
      ? field.nextElementSibling.querySelector("input, .select2-selection")
      : field;
    const first = box.matches("div") ? box.querySelector("input") : box;
    first.focus();
    first.scrollIntoView({ block: "center" });
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest(".desk-findings a");
    // The same address again changes nothing, so that no event would say so.
    if (link && link.href === location.href) reach();
  });
  addEventListener("hashchange", reach);
  addEventListener("load", reach);
})();

// Boxes that find a row, and those to choose from two lists, are drawn by scripts of Django that
// leave out names: say those of their fields.
(() => {
  const said = (select) => select.labels[0]?.textContent.trim().replace(/:$/, "") ?? select.ariaLabel;
  const name = () => {
    for (const select of document.querySelectorAll("select.select2-hidden-accessible")) {
      for (const box of select.nextElementSibling.querySelectorAll("[role$=box]")) {
        box.removeAttribute("aria-labelledby"); // it names the choice, which is the value
        box.ariaLabel = said(select);
      }
    }
  };
  const $ = globalThis.django?.jQuery;
  $?.(() => {
    name();
    document.addEventListener("formset:added", name);
    // The box in a list that opens is made anew each time.
    $(document).on("select2:open", ({ target }) => {
      const box = document.querySelector(".select2-container--open .select2-search__field");
      if (box) box.ariaLabel = said(target);
    });
  });
  addEventListener("load", () => {
    for (const icon of document.querySelectorAll(".search-label-icon")) icon.role = "img";
  });
})();

// Typing is no idle time: while somebody writes a long text, they are not signed out.
(() => {
  const EVERY = 4 * 60 * 1000; // ms
  let told = Date.now();
  document.addEventListener("input", () => {
    if (Date.now() - told < EVERY) return;
    told = Date.now();
    fetch("/admin/still-here/").catch(() => {}); // without a connection, the next one will do
  });
})();
