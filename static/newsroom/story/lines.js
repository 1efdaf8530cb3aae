/* Lines that are printed in one row but shown whole: they grow with what stands in them, and Enter parts nothing. */
(function () {
  "use strict";

  const desk = window.storyDesk;
  if (!desk) {
    return;
  }
  const grows = CSS.supports("field-sizing", "content");

  desk.form.querySelectorAll("textarea[data-line]").forEach((area) => {
    function fit() {
      if (!grows) {
        area.style.height = "auto";
        area.style.height = `${area.scrollHeight + area.offsetHeight - area.clientHeight}px`;
      }
    }
    area.addEventListener("keydown", (event) => {
      // Enter also ends a word of an input method: that is no Enter of ours.
      if (event.key === "Enter" && !event.isComposing) {
        event.preventDefault();
      }
    });
    area.addEventListener("input", () => {
      if (/[\r\n]/.test(area.value)) {
        // Pasted over several lines: the server makes a space of each break, and so do we.
        const end = area.selectionEnd;
        area.value = area.value.replace(/\s*[\r\n]+\s*/g, " ");
        area.setSelectionRange(Math.min(end, area.value.length), Math.min(end, area.value.length));
      }
      fit();
    });
    window.addEventListener("resize", fit);
    fit();
  });
})();
