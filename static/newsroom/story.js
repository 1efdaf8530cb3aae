/* The story's form: rows are added, moved and taken out in place, Ctrl-S saves, and nobody leaves with text unsaved
 * unless they mean it. Without this script everything works with numbers and boxes to tick. */
(function () {
  "use strict";

  const form = document.getElementById("story-form");
  if (!form) {
    return;
  }

  // --- rows ---

  function rowsOf(set) {
    return Array.from(set.querySelectorAll(".desk-row-list > .desk-row"));
  }

  function number(set) {
    rowsOf(set).forEach((row, index) => {
      const order = row.querySelector('input[name$="-ORDER"]');
      if (order) order.value = index + 1;
    });
  }

  function dress(row, set) {
    row.querySelectorAll(".desk-order").forEach((label) => label.classList.add("desk-hidden"));
    row.querySelectorAll(".desk-move").forEach((button) => {
      button.hidden = false;
      button.addEventListener("click", () => {
        const up = button.dataset.move === "-1";
        const other = up ? row.previousElementSibling : row.nextElementSibling;
        if (!other) return;
        if (up) other.before(row);
        else other.after(row);
        number(set);
        touch();
        button.focus();
      });
    });
    const box = row.querySelector('input[name$="-DELETE"]');
    if (box) {
      const show = () => row.classList.toggle("desk-row-out", box.checked);
      box.addEventListener("change", show);
      show();
    }
  }

  form.querySelectorAll(".desk-rows").forEach((set) => {
    rowsOf(set).forEach((row) => dress(row, set));
    number(set);
    const add = set.querySelector("[data-add-row]");
    const blank = set.querySelector("template");
    if (!add || !blank) {
      return;
    }
    const total = set.querySelector('input[name$="-TOTAL_FORMS"]');
    const most = Number(set.querySelector('input[name$="-MAX_NUM_FORMS"]').value);
    add.hidden = false;
    add.addEventListener("click", () => {
      const next = Number(total.value);
      if (next >= most) return;
      const row = blank.content.firstElementChild.cloneNode(true);
      row.querySelectorAll("*").forEach((element) => {
        ["id", "name", "for", "aria-describedby"].forEach((attribute) => {
          const value = element.getAttribute(attribute);
          if (value && value.includes("__prefix__")) {
            element.setAttribute(attribute, value.replace(/__prefix__/g, next));
          }
        });
      });
      total.value = next + 1;
      set.querySelector(".desk-row-list").append(row);
      dress(row, set);
      number(set);
      // Django's own script listens for this and gives the new row its search box.
      row.dispatchEvent(new CustomEvent("formset:added", { bubbles: true, detail: { formsetName: set.dataset.prefix } }));
      touch();
    });
  });

  // --- nothing typed is lost ---

  let touched = form.hasAttribute("data-dirty");
  let leaving = false;

  function touch() {
    touched = true;
  }

  function editorTouched() {
    return Object.values((window.CKEDITOR && CKEDITOR.instances) || {}).some((editor) => editor.checkDirty());
  }

  form.addEventListener("input", touch);
  form.addEventListener("change", touch);
  form.addEventListener("submit", () => {
    leaving = true;
  });
  window.addEventListener("beforeunload", (event) => {
    if (!leaving && (touched || editorTouched())) {
      event.preventDefault();
      event.returnValue = form.dataset.unsaved;
    }
  });

  // A verb acts on what is saved. Whoever has typed since is asked first.
  document.querySelectorAll(".desk-panel form").forEach((other) => {
    other.addEventListener("submit", (event) => {
      if ((touched || editorTouched()) && !window.confirm(form.dataset.unsaved)) {
        event.preventDefault();
        return;
      }
      leaving = true;
    });
  });

  function save(event) {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") {
      event.preventDefault();
      form.requestSubmit(form.querySelector('[name="_save"]'));
    }
  }
  document.addEventListener("keydown", save);
})();
