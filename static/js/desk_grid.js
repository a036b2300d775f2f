// Arrow keys move between the boxes of the grid: up and down a column, left and right in a line.
(() => {
  const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
  const rows = [...document.querySelectorAll(".desk-grid tr")]
    .map((row) => [...row.querySelectorAll(".desk-weight input")])
    .filter((boxes) => boxes.length);
  document.querySelector(".desk-grid").addEventListener("keydown", (event) => {
    const step = STEPS[event.key];
    const down = rows.findIndex((boxes) => boxes.includes(event.target));
    if (!step || down < 0) return;
    const next = rows[down + step[0]]?.[rows[down].indexOf(event.target) + step[1]];
    if (!next) return;
    event.preventDefault();
    next.focus();
    next.select();
  });
})();
