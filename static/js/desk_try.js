// “None of these” and “not sure” go with no other answer: the one that is ticked last stays.
document.querySelector(".desk-asked").addEventListener(
  "change",
  ({ target }) => {
    if (target.type !== "checkbox" || !target.checked) return;
    const boxes = target.closest("fieldset").querySelectorAll("input");
    const alone = (box) => "alone" in box.dataset;
    for (const box of boxes) {
      if (box !== target && (alone(target) || alone(box))) box.checked = false;
    }
  },
  true, // before htmx reads what is ticked
);
