/* The story's form as one thing for the scripts beside this one: whether it was touched, what stands in it, where
 * sentences for the person go. Without scripts the form works with numbers, boxes to tick and buttons that send it. */
(function () {
  "use strict";

  const form = document.getElementById("story-form");
  if (!form) {
    return;
  }
  const words = JSON.parse(form.dataset.words);
  const notes = document.getElementById("story-notes");
  const spoken = document.getElementById("story-spoken");
  const touchedBy = [];
  const writtenBy = [];
  let lastBody = "";

  const desk = {
    form,
    words,
    notes,
    edits: 0,
    touched: form.hasAttribute("data-dirty"),

    /** Something changed that is not saved. */
    touch() {
      desk.touched = true;
      desk.edits += 1;
      touchedBy.forEach((listen) => listen());
    },

    onTouch(listen) {
      touchedBy.push(listen);
    },

    editor() {
      return Object.values((window.CKEDITOR && CKEDITOR.instances) || {})[0] || null;
    },

    /** Something may have changed in the body. */
    onWrite(listen) {
      writtenBy.push(listen);
    },

    /** Bring what stands in the editor into the form. */
    gather() {
      const editor = desk.editor();
      if (!editor || editor.status !== "ready") return;
      editor.updateElement();
      const now = editor.getData();
      if (now === lastBody) return;
      lastBody = now;
      desk.touched = true;
      desk.edits += 1;
    },

    body() {
      const editor = desk.editor();
      return editor && editor.status === "ready" ? editor.getData() : form.elements.body.value;
    },

    /** A sentence with its %(names)s filled in. */
    fill(sentence, values) {
      return sentence.replace(/%\((\w+)\)s/g, (whole, name) => String(values[name]));
    },

    /** For those who cannot see it: once, and only the last of several. */
    speak(sentence) {
      window.clearTimeout(desk.speaking);
      desk.speaking = window.setTimeout(() => {
        spoken.textContent = sentence;
      }, 250);
    },

    make(tag, attributes, ...children) {
      const element = document.createElement(tag);
      Object.entries(attributes || {}).forEach(([name, value]) => {
        if (name in element && typeof value !== "string") element[name] = value;
        else element.setAttribute(name, value);
      });
      element.append(...children);
      return element;
    },

    token() {
      return form.elements.csrfmiddlewaretoken.value;
    },
  };
  window.storyDesk = desk;

  form.addEventListener("input", (event) => {
    if (event.target.name) desk.touch();
  });
  form.addEventListener("change", (event) => {
    if (event.target.name) desk.touch();
  });
  if (window.CKEDITOR) {
    CKEDITOR.on("instanceReady", ({ editor }) => {
      lastBody = editor.getData();
      // What is typed is known at once; what buttons do, and pasting, a moment later. The editor also tells of changes
      // that are none, and of old ones again.
      const typed = () => written(true);
      editor.on("contentDom", () => editor.editable().$.addEventListener("input", typed));
      editor.editable().$.addEventListener("input", typed);
      editor.on("change", () => written(editor.getData() !== lastBody));
    });
  }

  function written(anew) {
    if (anew) desk.touch();
    writtenBy.forEach((listen) => listen());
  }
})();
