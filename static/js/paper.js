// Print, and tell today.
(() => {
  const one = (selector) => document.querySelector(selector) || {};
  one("[data-print]").onclick = () => print();
  one("[type=date]").value = new Date().toLocaleDateString("sv"); // 2026-11-25
})();
