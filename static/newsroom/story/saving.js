/* Saving in place: Ctrl-S or the button, without losing the cursor. What is refused, and what somebody else saved in
 * between, is shown on this page; what was typed stays where it is. Nobody leaves with text unsaved unless they mean it. */
(function () {
  "use strict";

  const desk = window.storyDesk;
  if (!desk) {
    return;
  }
  const { form, words, make, notes } = desk;
  const state = document.getElementById("story-state");
  const time = new Intl.DateTimeFormat(document.documentElement.lang || undefined, { timeStyle: "short" });
  let leaving = false;
  let saving = null;
  let signedOut = false;

  desk.onSaved = [];

  // --- what the bar says ---

  function tell(sentence, tone) {
    state.textContent = sentence;
    state.dataset.tone = tone || "";
  }

  desk.onTouch(() => {
    if (!saving && state.dataset.tone !== "alert") tell(words.unsaved, "open");
  });
  if (desk.touched) tell(words.unsaved, "open");

  // --- complaints ---

  function forget() {
    notes.querySelectorAll("[data-about-save]").forEach((note) => note.remove());
    form.querySelectorAll("[data-complaint]").forEach((list) => list.remove());
    form.querySelectorAll("[data-complained]").forEach((input) => {
      input.removeAttribute("aria-invalid");
      input.removeAttribute("aria-describedby");
      input.removeAttribute("data-complained");
      input.closest(".errors")?.classList.remove("errors");
    });
  }

  function note(sentences, ...more) {
    const box = make("div", { class: "errornote", role: "alert", "data-about-save": "", tabindex: "-1" });
    box.append(...sentences.map((sentence) => make("p", {}, sentence)), ...more);
    notes.append(box);
    return box;
  }

  function complain(name, sentences) {
    const input = form.elements[name];
    if (!input || !input.closest || input.type === "hidden") return false;
    const list = make("ul", { class: "errorlist", id: `${input.id}_complaint`, "data-complaint": "" });
    list.append(...sentences.map((sentence) => make("li", {}, sentence)));
    const field = input.closest(".desk-field, .desk-cell") || input.parentElement;
    field.append(list);
    field.classList.add("errors");
    input.setAttribute("aria-invalid", "true");
    input.setAttribute("aria-describedby", list.id);
    input.setAttribute("data-complained", "");
    return true;
  }

  // --- asking the server ---

  async function ask(submitter) {
    const body = new FormData(form);
    body.set(submitter.name, submitter.value || "1");
    const response = await fetch(window.location.pathname, {
      method: "POST",
      body,
      headers: { Accept: "application/json" },
      credentials: "same-origin",
    });
    const answered = (response.headers.get("Content-Type") || "").includes("json");
    return { response, answer: answered ? await response.json() : null };
  }

  /** After another login the form's token is worthless: take the one of a fresh page. False: nobody is logged in. */
  async function renew() {
    const response = await fetch(window.location.pathname, { headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const token = page.querySelector("#story-form [name=csrfmiddlewaretoken]") || page.querySelector("#logout-form [name=csrfmiddlewaretoken]");
    if (!token || page.querySelector("#login-form")) return false;
    form.elements.csrfmiddlewaretoken.value = token.value;
    return true;
  }

  async function save(submitter) {
    if (saving) return saving;
    saving = attempt(submitter).finally(() => {
      saving = null;
    });
    return saving;
  }

  async function attempt(submitter) {
    desk.gather();
    const edits = desk.edits;
    tell(words.saving, "");
    form.setAttribute("aria-busy", "true");
    try {
      let { response, answer } = signedOut && !(await renew()) ? { response: null, answer: null } : await ask(submitter);
      if (!answer && response && response.status === 403 && (await renew())) ({ response, answer } = await ask(submitter));
      forget();
      if (answer && response.ok) done(answer, edits);
      else if (answer) refused(answer);
      else if (!response || response.redirected || response.status === 403) loggedOut();
      else if (response.status === 413) failed(words.too_large);
      else failed(words.server_failed);
    } catch {
      forget();
      failed(words.not_reached);
    } finally {
      form.removeAttribute("aria-busy");
    }
  }

  function done(answer, edits) {
    signedOut = false;
    desk.onSaved.forEach((listen) => listen(edits === desk.edits));
    if (answer.leave) {
      leaving = true;
      window.location.assign(answer.leave);
      return;
    }
    form.elements.base_version.value = answer.version;
    // What a restored revision lent has been taken over.
    form.querySelector("[name=restored]")?.remove();
    form.querySelectorAll("[data-until-saved]").forEach((each) => each.remove());
    if (window.location.search) window.history.replaceState(null, "", window.location.pathname);
    if (form.elements.note) form.elements.note.value = "";
    document.querySelector("#content > h1")?.replaceChildren(answer.title);
    renewPanel(answer.panel);
    desk.rows.settle();
    if (edits === desk.edits) {
      desk.touched = false;
      tell(`${answer.said} ${time.format(new Date())}`, "done");
    } else {
      tell(words.unsaved, "open");
    }
    desk.speak(answer.said);
  }

  function renewPanel(html) {
    const panel = document.querySelector(".desk-panel");
    const fresh = new DOMParser().parseFromString(html || "", "text/html").querySelector(".desk-panel");
    if (panel && fresh) panel.replaceWith(document.adoptNode(fresh));
  }

  function refused(answer) {
    tell(words.not_saved, "alert");
    renewPanel(answer.panel);
    desk.touched = true;
    const general = [answer.error, ...((answer.fields || {})[""] || [])];
    const rest = Object.entries(answer.fields || {}).filter(([name, sentences]) => name && !complain(name, sentences));
    rest.forEach(([, sentences]) => general.push(...sentences));
    const more = [];
    if (answer.kept) {
      const link = make("a", { href: form.dataset.revision.replace("/0/", `/${answer.kept}/`), target: "_blank" });
      link.append(desk.fill(words.kept, { number: answer.kept }));
      more.push(make("p", {}, words.typed_stays, " ", link));
    }
    if (answer.comparison) {
      form.elements.base_version.value = answer.version;
      const page = new DOMParser().parseFromString(answer.comparison, "text/html");
      more.push(...Array.from(page.body.children, (each) => document.adoptNode(each)));
    }
    const box = note(general, ...more);
    const first = answer.comparison ? box : form.querySelector("[data-complained]") || box;
    const editor = desk.editor();
    if (first.name === "body" && editor) editor.focus();
    else first.focus();
    (first === box ? box : first.closest(".desk-field, .desk-row") || first).scrollIntoView({ block: "center" });
  }

  function failed(sentence) {
    tell(words.not_saved, "alert");
    desk.touched = true;
    note([sentence, desk.keeps ? words.kept_here : words.typed_stays]);
    notes.scrollIntoView({ block: "nearest" });
  }

  function loggedOut() {
    signedOut = true;
    tell(words.not_saved, "alert");
    const login = make("a", { href: form.dataset.login, target: "_blank" }, words.log_in);
    note([words.logged_out], make("p", {}, login));
    notes.scrollIntoView({ block: "nearest" });
  }

  // --- when ---

  form.addEventListener("submit", (event) => {
    const submitter = event.submitter || form.querySelector('[name="_save"]');
    if (!["_save", "_submit"].includes(submitter.name)) {
      // A look in another tab leaves this page where it is.
      leaving = submitter.formTarget !== "_blank";
      return;
    }
    event.preventDefault();
    save(submitter);
  });

  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "s") {
      event.preventDefault();
      save(form.querySelector('[name="_save"]'));
    }
  });

  window.addEventListener("beforeunload", (event) => {
    if (!leaving && desk.touched) {
      event.preventDefault();
      event.returnValue = words.unsaved;
    }
  });

  // A verb acts on what is saved. Whoever has typed since is asked first.
  document.addEventListener("submit", (event) => {
    if (!event.target.closest(".desk-panel")) return;
    if (desk.touched && !window.confirm(words.unsaved_verb)) {
      event.preventDefault();
      return;
    }
    leaving = true;
  });
})();
