/* A file that is too large is refused before it is sent, and one that is sent says how far it is. */
(function () {
  "use strict";

  const form = document.querySelector(".press-upload");
  if (!form) return;
  const said = form.querySelector(".press-said");
  const field = form.querySelector("input[type=file]");
  const button = form.querySelector("input[type=submit]");

  function tooLarge() {
    const large = field.files.length > 0 && field.files[0].size > Number(form.dataset.most);
    said.textContent = large ? form.dataset.tooLarge : "";
    said.classList.toggle("press-bad", large);
    return large;
  }

  field.addEventListener("change", tooLarge);
  form.addEventListener("submit", (event) => {
    if (tooLarge() || !field.files.length) {
      if (tooLarge()) event.preventDefault();
      return;
    }
    event.preventDefault();
    button.disabled = true;
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.upload.addEventListener("progress", (progress) => {
      if (progress.lengthComputable) {
        said.textContent = form.dataset.sending.replace("{percent}", Math.round((100 * progress.loaded) / progress.total));
      }
    });
    // Whatever went wrong, the browser's own way of sending says it on a page.
    request.addEventListener("error", () => form.submit());
    request.addEventListener("load", () => {
      if (request.responseURL && new URL(request.responseURL).pathname !== location.pathname) location.assign(request.responseURL);
      else {
        document.documentElement.innerHTML = new DOMParser().parseFromString(request.responseText, "text/html").documentElement.innerHTML;
      }
    });
    request.send(new FormData(form));
  });
})();
