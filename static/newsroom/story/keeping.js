/* A copy of unsaved text on this device, for when the browser crashes, the battery dies or the session runs out. It is
 * offered, never put into the form by itself.
 *
 * A newsroom shares its computers: copies are encrypted with a key that the server gives to this person alone, so they
 * are of no use to the next one at this machine. One copy for each person, story, version and opened page; gone when
 * its text is saved, thrown away, or a week old. Where the browser cannot encrypt (plain http), nothing is kept. */
(async function () {
  "use strict";

  const desk = window.storyDesk;
  if (!desk || !desk.rows || !window.crypto || !crypto.subtle) {
    return;
  }
  const { form, words, make, notes } = desk;
  const WEEK = 7 * 24 * 3600 * 1000;
  const ALL = "newsroom.copy.";
  const MINE = `${ALL}${form.dataset.user}.${form.dataset.story}.`;
  const PAGE = Math.random().toString(36).slice(2);
  const ROWS = { bylines: ["reporter", "who", "role", "title"], photos: ["photo", "caption", "credit", "alt"] };
  const NEVER = ["csrfmiddlewaretoken", "base_version", "pick", "restored", "photo_files"];

  function base64(bytes) {
    let text = "";
    bytes.forEach((byte) => {
      text += String.fromCharCode(byte);
    });
    return btoa(text);
  }

  function bytes(text) {
    return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  }

  let key;
  try {
    key = await crypto.subtle.importKey("raw", bytes(form.dataset.key), "AES-GCM", false, ["encrypt", "decrypt"]);
    window.localStorage.getItem(ALL);
  } catch {
    return;
  }
  desk.keeps = true;

  // --- the form as a value, and back ---

  function content() {
    const fields = {};
    Array.from(form.elements).forEach((input) => {
      if (!input.name || NEVER.includes(input.name) || /^(bylines|photos)-/.test(input.name)) return;
      if (["submit", "button", "file"].includes(input.type)) return;
      fields[input.name] = input.type === "checkbox" ? input.checked : input.value;
    });
    fields.body = desk.body();
    const rows = {};
    Object.entries(ROWS).forEach(([prefix, names]) => {
      rows[prefix] = desk.rows
        .rowsOf(desk.rows.setNamed(prefix))
        .filter((row) => !desk.rows.field(row, "DELETE").checked)
        .map((row) => {
          const shown = row.querySelector("img.desk-thumb");
          const name = row.querySelector("[data-name]");
          const about = { name: name ? name.textContent : "", src: shown && !shown.src.startsWith("data:") ? shown.src : "" };
          return Object.assign(about, Object.fromEntries(names.map((each) => [each, desk.rows.field(row, each).value])));
        });
    });
    return { fields, ...rows };
  }

  function restore(copy) {
    Object.entries(copy.fields).forEach(([name, value]) => {
      const input = form.elements[name];
      if (!input || name === "body") return;
      if (input.type === "checkbox") input.checked = value;
      else input.value = value;
      input.dispatchEvent(new Event("input", { bubbles: true }));
    });
    const editor = desk.editor();
    if (editor) editor.setData(copy.fields.body);
    else form.elements.body.value = copy.fields.body;
    const bylines = desk.rows.setNamed("bylines");
    desk.rows.clear(bylines);
    copy.bylines.forEach((each) => {
      const row = desk.rows.add(bylines);
      ROWS.bylines.forEach((name) => {
        desk.rows.field(row, name).value = each[name];
      });
    });
    desk.rows.clear(desk.rows.setNamed("photos"));
    copy.photos.forEach((each) => desk.photos.put(each));
    // Over the version it was written on: what somebody saved since is then shown beside it, not overwritten.
    if (form.elements.base_version) form.elements.base_version.value = copy.version;
    desk.touch();
  }

  // --- keeping ---

  function version() {
    return form.elements.base_version ? form.elements.base_version.value : "0";
  }

  const own = new Set();
  let saved = "";
  let timer = 0;

  async function keep() {
    timer = 0;
    const now = content();
    const text = JSON.stringify(now);
    if (!desk.touched || text === saved) return;
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const plain = new TextEncoder().encode(JSON.stringify({ ...now, version: version() }));
    const place = `${MINE}${version()}.${PAGE}`;
    const edits = desk.edits;
    const sealed = base64(new Uint8Array(await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, plain)));
    if (!desk.touched) return;
    try {
      window.localStorage.setItem(place, JSON.stringify({ at: Date.now(), iv: base64(iv), sealed }));
      own.add(place);
      form.dataset.keptEdits = edits;
    } catch {
      // The device is full: saving works all the same.
    }
  }

  function soon() {
    if (!timer) timer = window.setTimeout(keep, 800);
  }

  desk.onTouch(soon);
  desk.onSaved.push((whole) => {
    own.forEach((place) => window.localStorage.removeItem(place));
    own.clear();
    if (whole) saved = JSON.stringify(content());
    else soon();
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && desk.touched) keep();
  });

  // --- offering ---

  async function opened(place) {
    try {
      const { at, iv, sealed } = JSON.parse(window.localStorage.getItem(place));
      const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: bytes(iv) }, key, bytes(sealed));
      return { place, at, ...JSON.parse(new TextDecoder().decode(plain)) };
    } catch {
      // Sealed with a key that is no more: nobody can read it again.
      window.localStorage.removeItem(place);
      return null;
    }
  }

  function offer(copy) {
    const when = new Intl.DateTimeFormat(document.documentElement.lang || undefined, { dateStyle: "medium", timeStyle: "short" });
    const sentence = desk.fill(words.copy_found, { time: when.format(new Date(copy.at)) });
    const take = make("button", { type: "button", class: "button desk-go" }, words.copy_take);
    const drop = make("button", { type: "button", class: "button desk-plain" }, words.copy_drop);
    const box = make("div", { class: "desk-notice desk-notice-alert story-copy", role: "region", "aria-label": words.copy_label });
    box.append(make("p", {}, sentence));
    if (Number(copy.version) < Number(version())) {
      box.append(make("p", {}, desk.fill(words.copy_older, { version: copy.version, now: version() })));
    }
    box.append(make("div", { class: "desk-buttons" }, take, drop));
    const away = () => {
      window.localStorage.removeItem(copy.place);
      box.remove();
    };
    take.addEventListener("click", () => {
      restore(copy);
      away();
      form.elements.headline.focus();
      desk.speak(words.copy_taken);
    });
    drop.addEventListener("click", () => {
      away();
      form.elements.headline.focus();
    });
    notes.prepend(box);
  }

  async function begin() {
    saved = JSON.stringify(content());
    const places = Object.keys(window.localStorage).filter((place) => place.startsWith(ALL));
    for (const place of places) {
      let at = 0;
      try {
        at = JSON.parse(window.localStorage.getItem(place)).at;
      } catch {
        // Not one of ours, or spoilt: away with it.
      }
      if (!(Date.now() - at < WEEK)) window.localStorage.removeItem(place);
    }
    // What the server sent back with mistakes in it is newer than any copy.
    const mine = places.filter((place) => place.startsWith(MINE) && window.localStorage.getItem(place));
    const copies = (await Promise.all(mine.map(opened))).filter(Boolean).sort((one, two) => two.at - one.at);
    let offered = false;
    for (const copy of copies) {
      const { fields, bylines, photos } = copy;
      if (JSON.stringify({ fields, bylines, photos }) === saved) window.localStorage.removeItem(copy.place);
      else if (!offered) {
        offered = true;
        offer(copy);
      }
    }
    form.dataset.keeping = "";
  }

  const editor = desk.editor();
  if (editor && editor.status !== "ready") editor.on("instanceReady", begin);
  else if (!editor && window.CKEDITOR && form.querySelector("[data-type=ckeditortype]")) {
    CKEDITOR.on("instanceReady", begin);
  } else begin();
})();
