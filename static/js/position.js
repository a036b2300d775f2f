// The position that a reader stretches in: chosen once, kept on this device, for every list.
(() => {
  const { kept, keep, showPosition } = window.legrelief;

  const show = () => {
    const position = document.documentElement.dataset.position || "";
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
    // The button goes with the line that it stands in: go on where the choice is.
    button.closest("[data-list]").querySelector("input:checked").focus();
  });

  // A page that the browser brings back as it was left, or that is open beside, follows too.
  const follow = () => {
    showPosition(kept("position"));
    show();
  };
  addEventListener("pageshow", follow);
  addEventListener("storage", (event) => event.key === "position" && follow());
})();
