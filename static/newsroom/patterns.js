/* The pages of a weekday: rows are added and put in order in place, by buttons or by dragging. Without this script
 * the numbers in the rows do it. */
(function () {
  "use strict";

  const form = document.getElementById("pattern");
  if (!form) {
    return;
  }
  const holder = form.querySelector(".pattern-rows");
  const blank = form.querySelector("template");
  const total = form.querySelector('input[name$="-TOTAL_FORMS"]');
  const most = Number(form.querySelector('input[name$="-MAX_NUM_FORMS"]').value);
  const add = form.querySelector("[data-add]");
  const heard = form.querySelector("[data-heard]");

  function rows() {
    return Array.from(holder.children);
  }

  function number() {
    rows().forEach((row, index) => {
      row.querySelector('input[name$="-ORDER"]').value = index + 1;
    });
  }

  function tell(row) {
    const all = rows();
    const page = [row.querySelector('input[name$="-code"]').value, row.querySelector('input[name$="-label"]').value];
    const values = { page: page.join(" ").trim(), n: all.indexOf(row) + 1, all: all.length };
    heard.textContent = form.dataset.moved.replace(/\{(\w+)\}/g, (whole, name) => values[name]);
  }

  function dress(row) {
    row.querySelector(".pattern-order").classList.add("desk-hidden");
    row.querySelector(".pattern-grip").hidden = false;
    row.querySelectorAll("[data-step]").forEach((button) => {
      button.hidden = false;
      button.addEventListener("click", () => {
        const up = button.dataset.step === "-1";
        const other = up ? row.previousElementSibling : row.nextElementSibling;
        if (!other) return;
        if (up) other.before(row);
        else other.after(row);
        number();
        tell(row);
        button.focus();
      });
    });
    const out = row.querySelector('input[name$="-DELETE"]');
    const show = () => row.classList.toggle("pattern-gone", out.checked);
    out.addEventListener("change", show);
    show();
    drag(row, row.querySelector(".pattern-grip"));
  }

  function drag(row, grip) {
    grip.addEventListener("pointerdown", (press) => {
      if (press.button !== 0) return;
      press.preventDefault();
      grip.setPointerCapture(press.pointerId);
      row.classList.add("pattern-carried");
      const move = (event) => {
        const before = rows()
          .filter((one) => one !== row)
          .find((one) => {
            const box = one.getBoundingClientRect();
            return event.clientY < box.top + box.height / 2;
          });
        // Putting a row where it stands would let go of the pointer.
        if (row.nextElementSibling !== (before || null)) {
          holder.insertBefore(row, before || null);
          grip.setPointerCapture(event.pointerId);
        }
      };
      const end = () => {
        grip.removeEventListener("pointermove", move);
        grip.removeEventListener("pointerup", end);
        grip.removeEventListener("pointercancel", end);
        row.classList.remove("pattern-carried");
        number();
        tell(row);
      };
      grip.addEventListener("pointermove", move);
      grip.addEventListener("pointerup", end);
      grip.addEventListener("pointercancel", end);
    });
  }

  rows().forEach(dress);
  number();

  add.hidden = false;
  add.addEventListener("click", () => {
    const next = Number(total.value);
    if (next >= most) return;
    const row = blank.content.firstElementChild.cloneNode(true);
    row.querySelectorAll("*").forEach((element) => {
      ["id", "name", "for"].forEach((attribute) => {
        const value = element.getAttribute(attribute);
        if (value && value.includes("__prefix__")) element.setAttribute(attribute, value.replace(/__prefix__/g, next));
      });
    });
    total.value = next + 1;
    holder.append(row);
    dress(row);
    number();
    row.querySelector('input[name$="-code"]').focus();
  });
})();
