// The two buttons of a summary. Without this script the page says how to do it by hand.
(() => {
  const text = document.getElementById("text");
  const status = document.querySelector("[role=status]");
  const button = (id, press) => {
    const found = document.getElementById(id);
    found.hidden = false;
    found.addEventListener("click", press);
  };

  button("print", () => window.print());
  button("copy", async () => {
    text.select();
    try {
      await navigator.clipboard.writeText(text.value);
      status.textContent = "Copied. You can paste it into a message now.";
    } catch {
      status.textContent = "The text is selected. Copy it with your device.";
    }
  });
})();
