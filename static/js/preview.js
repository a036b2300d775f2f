// Keeps the preview beside a form of the desk up to date as one types, and shows it on paper.
(() => {
  const WAIT = 700; // ms after the last key
  const READY = "Shows what the form holds. Nothing is saved.";
  const pane = document.getElementById("preview");
  const frame = pane.querySelector("iframe");
  const said = pane.querySelector("[role=status]");
  const update = pane.querySelector("[data-update]");
  const form = update.form;
  const updates = form.method === "post";
  let timer;
  let request;
  let sent; // what the preview was last asked for

  const say = (...words) => {
    const box = document.createElement("div");
    box.append(...words);
    // Said again, the same words would only be read out again.
    if (box.innerHTML !== said.innerHTML) said.replaceChildren(...box.childNodes);
  };

  // What the form would post. Boxes with a chosen side post all of it, as Django's own script does.
  const typed = () => {
    const data = new FormData(form);
    for (const box of form.querySelectorAll("select.filtered[id$=_to]")) {
      data.delete(box.name);
      for (const option of box.options) data.append(box.name, option.value);
    }
    return new URLSearchParams(data);
  };

  // Rules for screen or paper: what a print dialog would do, done to the sheets of the frame.
  const media = new WeakMap();
  const printed = (words) => {
    if (/^(print|not screen)/.test(words)) return "all";
    return /^screen/.test(words) ? "not all" : words;
  };
  const putOn = (sheet, paper) => {
    for (const rule of sheet.cssRules) {
      if (!rule.media) continue;
      if (!media.has(rule)) media.set(rule, rule.media.mediaText);
      rule.media.mediaText = paper ? printed(media.get(rule)) : media.get(rule);
      putOn(rule, paper);
    }
  };

  const look = () => {
    const chosen = pane.querySelector("input[name=look]:checked").value;
    const paper = chosen === "print";
    const doc = frame.contentDocument;
    doc.documentElement.dataset.theme = paper ? "day" : chosen;
    for (const sheet of doc.styleSheets) putOn(sheet, paper);
  };

  // The page stays where it was scrolled to, and what was opened stays open.
  const show = (page) => {
    const doc = frame.contentDocument;
    const top = doc.scrollingElement.scrollTop;
    const open = [...doc.querySelectorAll("details")].map((one) => one.open);
    for (const link of page.querySelectorAll("head link[rel=stylesheet]")) {
      if (!doc.querySelector(`link[href="${link.getAttribute("href")}"]`)) {
        link.addEventListener("load", look);
        doc.head.append(doc.adoptNode(link));
      }
    }
    doc.body.replaceWith(doc.adoptNode(page.body));
    doc.querySelectorAll("details").forEach((one, place) => {
      one.open = open[place] ?? one.open;
    });
    doc.scrollingElement.scrollTop = top;
    look();
  };

  const refresh = async () => {
    const body = typed();
    sent = body.toString();
    request?.abort();
    request = new AbortController();
    const { signal } = request;
    try {
      await ready;
      const response = await fetch(update.formAction, { method: "POST", body, signal });
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      if (signal.aborted) return;
      const held = page.querySelector("[data-held]");
      if (page.getElementById("login-form")) say("You are signed out. Sign in again in another tab.");
      else if (!response.ok) say("No preview: something went wrong. Your text is still here.");
      else if (held) say(...document.adoptNode(held).childNodes);
      else {
        show(page);
        say(READY);
      }
    } catch {
      if (!signal.aborted) say("No connection. The preview is from before. Your text is still here.");
    }
  };

  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(() => typed().toString() !== sent && refresh(), WAIT);
  };

  pane.querySelector(".desk-needs-js").hidden = false;
  for (const input of pane.querySelectorAll("input[name=look]")) {
    input.addEventListener("change", look);
  }
  const ready = new Promise((loaded) => {
    const check = () => {
      const doc = frame.contentDocument;
      if (doc.URL === "about:blank" || doc.readyState !== "complete") return;
      look();
      loaded();
    };
    frame.addEventListener("load", check);
    check();
  });

  if (!updates) {
    update.hidden = true;
    return;
  }

  // The link leads to the field; a folded part opens for it.
  said.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    const field = link && document.getElementById(link.hash.slice(1));
    if (!field) return;
    for (let fold = field.closest("details"); fold; fold = fold.parentElement.closest("details")) {
      fold.open = true;
    }
    event.preventDefault();
    field.scrollIntoView({ block: "center" });
    field.focus();
  });
  update.addEventListener("click", (event) => {
    event.preventDefault();
    refresh();
  });
  // Boxes that find a row tell of a change through jQuery only.
  django.jQuery(form).on("input change", (event) => {
    if (event.target.name !== "look") later();
  });
  for (const name of ["formset:added", "formset:removed"]) document.addEventListener(name, later);
  if ("atOnce" in update.dataset) refresh();
  else sent = typed().toString(); // a form that was just opened is not worth complaints
})();
