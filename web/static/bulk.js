// Comfort only: ticking all of a page, and how many are ticked.
"use strict";

const boxes = Array.from(document.querySelectorAll('input[name="task"][form="bulk"]'));
const all = document.querySelector("[data-tick-all]");
const ticked = document.querySelector("[data-ticked]");

function count() {
  const number = boxes.filter(box => box.checked).length;
  ticked.textContent = number ? `(${number})` : "";
}

if (all && boxes.length) {
  all.hidden = false;
  all.addEventListener("click", () => {
    const on = boxes.some(box => !box.checked);
    boxes.forEach(box => { box.checked = on; });
    count();
  });
  boxes.forEach(box => box.addEventListener("change", count));
  count();
}
