// Quicker hands only: every page works without this file.
const box = document.querySelector(".ask input[name=q]");
const doc = document.documentElement;

// "/" goes to the search box.
addEventListener("keydown", (e) => {
  const typing = e.target.closest && e.target.closest("input, textarea, select, [contenteditable]");
  if (e.key === "/" && !typing && !e.ctrlKey && !e.metaKey && !e.altKey && box) {
    e.preventDefault();
    box.focus();
    box.select();
  }
});

// Buttons that copy appear where copying works.
if (navigator.clipboard) {
  for (const button of document.querySelectorAll("button[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent.trim());
      const label = button.textContent;
      button.textContent = button.dataset.done;
      setTimeout(() => { button.textContent = label; }, 1500);
    });
  }
}

// On a phone the filters are a drawer, which stays open while several are chosen.
const drawer = document.getElementById("filters");
if (drawer) drawer.addEventListener("click", (e) => {
  const link = e.target.closest(".facet a");
  if (link && location.hash === "#filters") link.hash = "filters";
});

// Choosing a sort or a pair to compare goes there at once.
for (const select of document.querySelectorAll("select[data-go]")) select.addEventListener("change", () => select.form.requestSubmit());

// Suggestions: the combobox pattern with a list, chosen by hand.
if (box && box.dataset.suggest) {
  const list = document.createElement("ul");
  list.className = "list";
  list.id = "suggestions";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", box.dataset.label);
  box.parentElement.append(list);
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-controls", list.id], ["aria-expanded", "false"]]) box.setAttribute(name, value);
  const seen = new Map();
  let wait, stale, found = [], at = -1, typed = box.value, composing = false;

  const close = () => { list.hidden = true; at = -1; box.setAttribute("aria-expanded", "false"); box.removeAttribute("aria-activedescendant"); };
  const go = (s) => {
    const q = new URLSearchParams(doc.lang === "en" && new URLSearchParams(location.search).has("lang") ? { lang: "en" } : {});
    if (s.kind === "title" && s.value) { location.href = "/bulletins/" + encodeURIComponent(s.value) + (q.size ? "?" + q : ""); return; }
    if (s.kind === "document" && s.value) { location.href = "/documents/" + encodeURIComponent(s.value) + (q.size ? "?" + q : ""); return; }
    if ((s.kind === "province" || s.kind === "org") && s.value) { q.set(s.kind, s.value); location.href = "/search?" + q; return; }
    box.value = s.text;
    close();
    box.form.requestSubmit();
  };
  const select = (i) => {
    at = i;
    [...list.children].forEach((li, n) => li.setAttribute("aria-selected", n === at));
    if (at < 0) { box.removeAttribute("aria-activedescendant"); return; }
    box.setAttribute("aria-activedescendant", list.children[at].id);
    list.children[at].scrollIntoView({ block: "nearest" });
  };
  const show = (suggestions) => {
    found = suggestions;
    list.replaceChildren(...found.map((s, i) => {
      const li = document.createElement("li");
      li.id = "suggestion-" + i;
      li.setAttribute("role", "option");
      li.setAttribute("aria-selected", "false");
      const text = document.createElement("span"), kind = document.createElement("span");
      text.textContent = s.text;
      kind.className = "kind";
      kind.textContent = (box.dataset[s.kind] || "") + (s.count > 1 ? " " + s.count : "");
      li.append(text, kind);
      li.addEventListener("mousedown", (e) => { e.preventDefault(); go(s); });
      return li;
    }));
    at = -1;
    list.hidden = !found.length;
    box.setAttribute("aria-expanded", String(!list.hidden));
  };
  const ask = async () => {
    const q = box.value.trim();
    if (stale) stale.abort();
    if (q.length < 2) { close(); return; }
    if (seen.has(q)) { show(seen.get(q)); return; }
    stale = new AbortController();
    try {
      const r = await fetch("/api/v1/suggest?size=8&q=" + encodeURIComponent(q), { signal: stale.signal });
      if (!r.ok) return;
      const { suggestions } = await r.json();
      if (seen.size > 50) seen.clear();
      seen.set(q, suggestions);
      if (document.activeElement === box && box.value.trim() === q) show(suggestions);
    } catch { /* the list is a convenience */ }
  };
  box.addEventListener("compositionstart", () => { composing = true; });
  box.addEventListener("compositionend", () => { composing = false; box.dispatchEvent(new Event("input")); });
  box.addEventListener("input", () => {
    if (composing || box.value === typed) return;
    typed = box.value;
    clearTimeout(wait);
    wait = setTimeout(ask, 120);
  });
  box.addEventListener("keydown", (e) => {
    if (composing || e.isComposing) return;
    if (e.key === "Escape" && !list.hidden) { e.preventDefault(); close(); return; }
    if ((e.key === "ArrowDown" || e.key === "ArrowUp") && found.length) {
      e.preventDefault();
      if (list.hidden) show(found);
      const n = found.length + 1;
      select(((at + 1 + (e.key === "ArrowDown" ? 1 : -1) + n) % n) - 1);
    }
    if (e.key === "Enter" && at >= 0 && !list.hidden) { e.preventDefault(); go(found[at]); }
  });
  box.addEventListener("blur", close);
}
