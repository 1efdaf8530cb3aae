/* Bylines and photos: rows that are added, taken out and put in order by dragging (mouse, pen and finger), by buttons
 * or by the arrow keys on their handle. */
(function () {
  "use strict";

  const desk = window.storyDesk;
  if (!desk) {
    return;
  }
  const EDGE = 60;

  function setNamed(prefix) {
    return desk.form.querySelector(`.desk-rows[data-prefix="${prefix}"]`);
  }

  function listOf(set) {
    return set.querySelector(".desk-row-list");
  }

  function rowsOf(set) {
    return Array.from(listOf(set).children);
  }

  function number(set) {
    rowsOf(set).forEach((row, index) => {
      const order = row.querySelector('input[name$="-ORDER"]');
      if (order) order.value = index + 1;
    });
    const staying = rowsOf(set).filter((row) => !row.hidden);
    staying.forEach((row, index) => {
      row.querySelector('[data-move="-1"]').disabled = index === 0;
      row.querySelector('[data-move="1"]').disabled = index === staying.length - 1;
    });
  }

  function moved(row, set) {
    number(set);
    desk.touch();
    const staying = rowsOf(set).filter((each) => !each.hidden);
    desk.speak(desk.fill(desk.words.moved, { place: staying.indexOf(row) + 1, count: staying.length }));
  }

  function neighbour(row, step) {
    let other = step < 0 ? row.previousElementSibling : row.nextElementSibling;
    while (other && other.hidden) other = step < 0 ? other.previousElementSibling : other.nextElementSibling;
    return other;
  }

  function step(row, set, way, focus) {
    const other = neighbour(row, way);
    if (!other) return;
    if (way < 0) other.before(row);
    else other.after(row);
    moved(row, set);
    const wanted = focus.disabled ? row.querySelector(".story-grip") : focus;
    wanted.focus();
  }

  // --- dragging ---

  function drag(event, row, set) {
    if (event.button > 0) return;
    event.preventDefault();
    const before = rowsOf(set);
    const grip = event.currentTarget;
    row.classList.add("story-dragged");
    let point = event.clientY;

    // The others make way: the row in hand is never taken out of the page, which would break the drag off.
    function makeWay() {
      for (let other = neighbour(row, -1); other; other = neighbour(row, -1)) {
        const box = other.getBoundingClientRect();
        if (point > box.top + box.height / 2) break;
        row.after(other);
      }
      for (let other = neighbour(row, 1); other; other = neighbour(row, 1)) {
        const box = other.getBoundingClientRect();
        if (point < box.top + box.height / 2) break;
        row.before(other);
      }
    }

    function over(move) {
      if (move.pointerId !== event.pointerId) return;
      point = move.clientY;
      if (point < EDGE) window.scrollBy(0, -12);
      if (point > window.innerHeight - EDGE) window.scrollBy(0, 12);
      makeWay();
    }

    function end(last) {
      if (last.pointerId !== undefined && last.pointerId !== event.pointerId) return;
      if (last.type === "keydown" && last.key !== "Escape") return;
      ["pointermove", "pointerup", "pointercancel", "keydown"].forEach((name) =>
        document.removeEventListener(name, name === "pointermove" ? over : end),
      );
      row.classList.remove("story-dragged");
      if (last.type !== "pointerup") {
        listOf(set).append(...before);
        number(set);
      } else if (rowsOf(set).some((each, index) => each !== before[index])) {
        moved(row, set);
      }
      grip.focus();
    }

    document.addEventListener("pointermove", over);
    ["pointerup", "pointercancel", "keydown"].forEach((name) => document.addEventListener(name, end));
  }

  function dress(row, set) {
    row.querySelectorAll(".desk-order").forEach((label) => label.classList.add("desk-hidden"));
    const grip = row.querySelector(".story-grip");
    grip.hidden = false;
    grip.addEventListener("pointerdown", (event) => drag(event, row, set));
    grip.addEventListener("keydown", (event) => {
      const way = { ArrowUp: -1, ArrowDown: 1 }[event.key];
      if (!way) return;
      event.preventDefault();
      step(row, set, way, grip);
    });
    row.querySelectorAll(".desk-move").forEach((button) => {
      button.hidden = false;
      button.addEventListener("click", () => step(row, set, Number(button.dataset.move), button));
    });
    const box = row.querySelector('input[name$="-DELETE"]');
    const show = () => row.classList.toggle("desk-row-out", box.checked);
    box.addEventListener("change", show);
    show();
    row.dispatchEvent(new CustomEvent("story:row", { bubbles: true }));
  }

  function add(set) {
    const total = set.querySelector('input[name$="-TOTAL_FORMS"]');
    const most = Number(set.querySelector('input[name$="-MAX_NUM_FORMS"]').value);
    const next = Number(total.value);
    if (next >= most) {
      return null;
    }
    const row = set.querySelector("template").content.firstElementChild.cloneNode(true);
    row.querySelectorAll("*").forEach((element) => {
      ["id", "name", "for", "aria-describedby"].forEach((attribute) => {
        const value = element.getAttribute(attribute);
        if (value && value.includes("__prefix__")) {
          element.setAttribute(attribute, value.replace(/__prefix__/g, next));
        }
      });
    });
    total.value = next + 1;
    listOf(set).append(row);
    dress(row, set);
    number(set);
    return row;
  }

  desk.rows = {
    setNamed,
    rowsOf,
    add,
    /** Take all rows away, as if the form were new. */
    clear(set) {
      listOf(set).replaceChildren();
      set.querySelector('input[name$="-TOTAL_FORMS"]').value = 0;
    },
    /** After a save: what was taken out is gone. */
    settle() {
      desk.form.querySelectorAll(".desk-row-out").forEach((row) => {
        row.hidden = true;
      });
      desk.form.querySelectorAll(".desk-rows").forEach(number);
    },
    field(row, name) {
      return row.querySelector(`[name$="-${name}"]`);
    },
  };

  desk.form.querySelectorAll(".desk-rows").forEach((set) => {
    rowsOf(set).forEach((row) => dress(row, set));
    number(set);
    const button = set.querySelector("[data-add-row]");
    if (!button) {
      return;
    }
    button.hidden = false;
    button.addEventListener("click", () => {
      const row = add(set);
      if (!row) return;
      desk.touch();
      row.querySelector("[data-who]").focus();
    });
  });
})();
