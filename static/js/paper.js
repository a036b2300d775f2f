// What only the device can do: print, and tell which day it is.
(() => {
  for (const button of document.querySelectorAll("[data-print]")) {
    button.addEventListener("click", () => window.print());
  }
  for (const input of document.querySelectorAll("input[type=date]")) {
    input.value = new Date().toLocaleDateString("sv"); // the Swedes write days as forms do
  }
})();
