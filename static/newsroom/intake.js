/* Taking in a page: a box that changes how the text is read has it read again at once, the story under the pointer is
 * lit up in the text and the other way round. Without this script everything works by pressing the button. */
(function () {
  "use strict";

  const form = document.querySelector("form.intake-read");
  if (!form) {
    return;
  }
  const PLACE = "newsroom.intake.place";
  const read = form.querySelector('[name="_read"]');

  // --- a change is made at once, and the page stays where it was ---

  let leaving = false;

  function again(box) {
    const story = box.closest("[data-story]");
    const anchor = story || box.closest(".intake-made");
    const place = {
      story: story ? story.dataset.story : "",
      top: anchor ? anchor.getBoundingClientRect().top : 0,
      scroll: window.scrollY,
    };
    sessionStorage.setItem(PLACE, JSON.stringify(place));
    form.requestSubmit(read);
  }

  form.addEventListener("change", (event) => {
    const name = event.target.name || "";
    if (name === "edit" || name.endsWith("-one_line")) {
      again(event.target);
    }
  });

  function back() {
    const kept = sessionStorage.getItem(PLACE);
    sessionStorage.removeItem(PLACE);
    if (!kept) return;
    const place = JSON.parse(kept);
    const story = place.story && document.getElementById(`story-${place.story}`);
    if (story) {
      window.scrollBy({ top: story.getBoundingClientRect().top - place.top, behavior: "instant" });
      story.setAttribute("tabindex", "-1");
      story.focus({ preventScroll: true });
    } else {
      window.scrollTo({ top: place.scroll, behavior: "instant" });
    }
  }
  back();

  // --- text and stories light each other up ---

  function light(key, on) {
    form.querySelectorAll(`[data-story="${key}"]`).forEach((one) => one.classList.toggle("intake-lit", on));
  }

  form.querySelectorAll("[data-story]").forEach((one) => {
    one.addEventListener("pointerenter", () => light(one.dataset.story, true));
    one.addEventListener("pointerleave", () => light(one.dataset.story, false));
  });

  form.querySelectorAll(".intake-story").forEach((story) => {
    story.addEventListener("focusin", () => {
      const run = form.querySelector(`.intake-coloured [data-story="${story.dataset.story}"]`);
      const box = run && run.closest(".intake-coloured");
      if (box) box.scrollTop = run.offsetTop - box.offsetTop - 8;
    });
  });

  // --- all or none ---

  const all = form.querySelector(".intake-all");
  if (all) {
    all.hidden = false;
    all.querySelectorAll("[data-take]").forEach((button) => {
      button.addEventListener("click", () => {
        form.querySelectorAll('[name$="-take"]').forEach((box) => {
          box.checked = button.dataset.take === "all";
        });
      });
    });
  }

  // --- nobody leaves a page half decided without being asked ---

  form.addEventListener("submit", () => {
    leaving = true;
  });
  window.addEventListener("beforeunload", (event) => {
    if (!leaving) {
      event.preventDefault();
      event.returnValue = "";
    }
  });
})();
