/* Photos put into the story in place: several files at once, one request each, so that a bad one keeps the others and
 * nothing typed is lost; and those of the library, looked for by their words. */
(function () {
  "use strict";

  const desk = window.storyDesk;
  if (!desk || !desk.rows) {
    return;
  }
  const { make, words, form } = desk;
  const set = desk.rows.setNamed("photos");
  const field = desk.rows.field;

  function rowOf(photo) {
    return desk.rows.rowsOf(set).find((row) => !row.hidden && field(row, "photo").value === String(photo));
  }

  /** Put a photo into the story, or show where it stands. `picture`: what to show of it, if anything yet. */
  function put(photo, picture) {
    const here = rowOf(photo.photo);
    if (here) {
      const out = field(here, "DELETE");
      if (out.checked) out.click();
      return here;
    }
    const row = desk.rows.add(set);
    if (!row) {
      throw new Error(words.too_many_photos);
    }
    ["photo", "caption", "credit", "alt"].forEach((name) => {
      field(row, name).value = photo[name];
    });
    row.querySelector("[data-name]").textContent = photo.name;
    const src = picture || photo.src;
    if (src) {
      const image = make("img", { class: "desk-thumb", src, alt: photo.alt || photo.caption });
      if (!picture && photo.srcset) Object.assign(image, { sizes: "160px", srcset: photo.srcset });
      row.querySelector(".desk-thumb").replaceWith(image);
    }
    desk.touch();
    return row;
  }

  desk.photos = { put };

  // --- files ---

  const inputs = Array.from(form.querySelectorAll("[data-photo-files]"));
  const queue = document.getElementById("story-queue");
  const waiting = [];
  let busy = false;

  /** A small picture of the file itself, until the server has made its own. */
  async function thumbnail(file) {
    try {
      const bitmap = await createImageBitmap(file, { resizeWidth: 320, resizeQuality: "medium" });
      const canvas = make("canvas", { width: bitmap.width, height: bitmap.height });
      canvas.getContext("2d").drawImage(bitmap, 0, 0);
      return canvas.toDataURL("image/jpeg", 0.8);
    } catch {
      return "";
    }
  }

  function send(file, progress) {
    return new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      const body = new FormData();
      body.append("csrfmiddlewaretoken", desk.token());
      body.append("file", file);
      request.open("POST", form.dataset.sendPhoto);
      request.setRequestHeader("Accept", "application/json");
      request.responseType = "json";
      request.upload.addEventListener("progress", (event) => {
        if (event.lengthComputable) progress.value = event.loaded / event.total;
      });
      request.addEventListener("load", () => {
        if (request.status === 201 && request.response) resolve(request.response);
        else reject(new Error((request.response && request.response.error) || words.photo_not_reached));
      });
      request.addEventListener("error", () => reject(new Error(words.photo_not_reached)));
      request.send(body);
    });
  }

  async function take(entry) {
    const { file, line } = entry;
    const progress = make("progress", { max: "1", "aria-label": file.name });
    line.replaceChildren(make("span", {}, file.name), progress);
    try {
      const photo = await send(file, progress);
      put(photo, await thumbnail(file));
      line.remove();
      desk.speak(desk.fill(words.photo_taken, { file: file.name }));
    } catch (error) {
      const again = make("button", { type: "button", class: "button desk-plain" }, words.again);
      again.addEventListener("click", () => add([file], line));
      const away = make("button", { type: "button", class: "button desk-plain" }, words.dismiss);
      away.addEventListener("click", () => {
        line.remove();
        inputs[0].focus();
      });
      line.replaceChildren(
        make("span", { class: "errorlist", role: "alert" }, `${file.name}: ${error.message}`),
        make("span", { class: "desk-buttons" }, again, away),
      );
    }
  }

  async function work() {
    if (busy) return;
    busy = true;
    while (waiting.length) await take(waiting.shift());
    busy = false;
  }

  function add(files, line) {
    Array.from(files).forEach((file) => {
      const place = line || make("li", {});
      place.replaceChildren(make("span", {}, file.name), make("span", { class: "desk-quiet" }, words.photo_waits));
      queue.append(place);
      waiting.push({ file, line: place });
    });
    desk.touch();
    work();
  }

  if (inputs.length) {
    inputs.forEach((input) => {
      input.closest("[hidden]")?.removeAttribute("hidden");
      input.addEventListener("change", () => {
        const files = Array.from(input.files);
        // Sent one by one from here: the form must not send them again.
        input.value = "";
        add(files);
      });
    });
    form.querySelectorAll(".desk-upload [name=_attach]").forEach((button) => button.remove());

    const carries = (event) => event.dataTransfer && Array.from(event.dataTransfer.types).includes("Files");
    set.addEventListener("dragover", (event) => {
      if (!carries(event)) return;
      event.preventDefault();
      set.classList.add("story-drop");
    });
    set.addEventListener("dragleave", (event) => {
      if (!set.contains(event.relatedTarget)) set.classList.remove("story-drop");
    });
    set.addEventListener("drop", (event) => {
      set.classList.remove("story-drop");
      if (!carries(event)) return;
      event.preventDefault();
      add(event.dataTransfer.files);
    });
    // A file dropped beside the zone would replace the page, and with it everything typed.
    ["dragover", "drop"].forEach((name) =>
      window.addEventListener(name, (event) => {
        if (carries(event)) event.preventDefault();
      }),
    );
  }

  // --- the library ---

  const shelf = document.getElementById("story-shelf");
  if (!shelf) {
    return;
  }
  const list = shelf.querySelector("ul");
  const search = make("input", { type: "search", "aria-label": words.look_for_photo, placeholder: words.look_for_photo });
  const more = make("button", { type: "button", class: "button desk-plain" }, words.more);
  let page = 1;
  let asked = 0;
  let timer = 0;
  shelf.hidden = false;
  shelf.querySelectorAll("[name=_attach]").forEach((button) => button.remove());
  list.before(make("p", { class: "story-search" }, search));
  list.after(more);

  function item(photo) {
    const picture = photo.src
      ? make("img", { class: "desk-thumb", src: photo.src, alt: "", loading: "lazy" })
      : make("span", { class: "desk-thumb desk-thumb-empty" }, words.in_preparation);
    const button = make("button", { type: "button", class: "story-pick" }, picture, make("span", {}, photo.name));
    const mark = () => button.setAttribute("aria-pressed", String(Boolean(rowOf(photo.photo))));
    button.addEventListener("click", () => {
      try {
        put(photo);
        desk.speak(desk.fill(words.photo_taken, { file: photo.name }));
      } catch (error) {
        desk.speak(error.message);
      }
      mark();
    });
    mark();
    return make("li", {}, button);
  }

  async function look(next) {
    const mine = (asked += 1);
    const query = new URLSearchParams({ term: search.value.trim(), page: next });
    try {
      const response = await fetch(`${form.dataset.library}?${query}`, { headers: { Accept: "application/json" } });
      const found = await response.json();
      if (mine !== asked) return;
      page = next;
      if (page === 1) list.replaceChildren();
      list.append(...found.results.map(item));
      if (!list.children.length) list.append(make("li", { class: "desk-quiet" }, words.no_photo_found));
      more.hidden = !found.more;
    } catch {
      list.replaceChildren(make("li", { class: "errorlist" }, words.not_reached));
      more.hidden = true;
    }
  }

  shelf.addEventListener("toggle", () => {
    if (!shelf.open) return;
    look(1);
    search.focus();
  });
  search.addEventListener("input", () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => look(1), 200);
  });
  search.addEventListener("keydown", (event) => {
    // Enter looks at once; it never sends the story.
    if (event.key === "Enter") {
      event.preventDefault();
      look(1);
    }
  });
  more.addEventListener("click", () => look(page + 1));
})();
