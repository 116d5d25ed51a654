// <bantin-search>: the plain form inside it, with suggestions and results as
// one types; with the attribute document, the newest bulletins that cite that
// document; with the attribute meeting, who reports that meeting, or the last
// meetings of a series (province/host/kind). No library, no cookie, no storage,
// nothing that evaluates text.
//
// Comments stand on lines of their own: the service drops those lines, and the
// indentation, from what it sends.
//
// Baseline: Chrome and Edge 86, Firefox 78, Safari 14. Any older browser, and
// any that cannot reach the service, keeps the plain form. What is younger
// than that (constructable style sheets, light-dark()) is guarded below.

const STRINGS = {
  vi: {
    label: "Tìm bản tin", button: "Tìm", list: "Gợi ý và kết quả", suggestions: "Gợi ý", results: "Bản tin",
    found: "{n} kết quả", found1: "{n} kết quả", offered: "{n} gợi ý", offered1: "{n} gợi ý",
    none: "Không có kết quả", near: "Không bản tin nào có đủ các từ; {n} kết quả gần nhất",
    all: "Xem tất cả {n} kết quả", failed: "Chưa tải được. Nhấn Enter để tìm.",
    cited: "{n} bản tin nhắc đến ", cited1: "{n} bản tin nhắc đến ", told: "{n} bản tin về ", told1: "{n} bản tin về ",
    series: "Các cuộc họp mới nhất: ", meeting: "Xem cuộc họp này", meetings: "Xem tất cả các cuộc họp",
  },
  en: {
    label: "Search bulletins", button: "Search", list: "Suggestions and results", suggestions: "Suggestions", results: "Bulletins",
    found: "{n} results", found1: "1 result", offered: "{n} suggestions", offered1: "1 suggestion",
    none: "No results", near: "No bulletin has all the words; {n} nearest results",
    all: "See all {n} results", failed: "Could not load. Press Enter to search.",
    cited: "{n} bulletins cite ", cited1: "1 bulletin cites ", told: "{n} bulletins on ", told1: "1 bulletin on ",
    series: "Latest meetings: ", meeting: "See this meeting", meetings: "See all meetings",
  },
};
const FILTERS = ["province", "quarter", "org", "source", "kind"];
const FORM_FILTERS = [...FILTERS, "province_now", "year", "cites", "from", "to"];

const CSS = `
:host{display:block}
:host([hidden]){display:none}
:host([theme=light]) .box{color-scheme:light}
:host([theme=dark]) .box{color-scheme:dark}
.box{all:initial;--bg:#fff;--ink:#1b2422;--soft:#56625f;--line:#7d8784;--tint:#e6f1ed;--accent:#0a6552;--accent-ink:#fff;--mark:#ffe9a8}
.box{display:block;position:relative;color-scheme:inherit;font-family:var(--bantin-font,inherit);font-size:var(--bantin-size,clamp(15px,1em,32px));line-height:1.45;color:var(--bantin-ink,var(--ink))}
.row{display:flex;flex-wrap:wrap;margin:-.25em}
.field,button{box-sizing:border-box;margin:.25em;border-radius:var(--bantin-radius,.4em)}
.field{display:block;flex:1 1 11em;min-width:0;padding:.3em .75em .35em;cursor:text;background:var(--bantin-bg,var(--bg));border:1px solid var(--bantin-line,var(--line))}
.field:focus-within{outline:2px solid var(--bantin-accent,var(--accent));outline-offset:0}
.label{display:block;font-size:.8em;color:var(--bantin-soft,var(--soft))}
.input{all:unset;display:block;box-sizing:border-box;width:100%;font-size:max(16px,1em);line-height:1.6;cursor:text}
.input::placeholder{color:var(--bantin-soft,var(--soft));opacity:1}
button{all:unset;display:block;box-sizing:border-box;margin:.25em;padding:.6em 1.2em;min-height:44px;cursor:pointer;font-weight:600;text-align:center;border-radius:var(--bantin-radius,.4em);background:var(--bantin-accent,var(--accent));color:var(--bantin-accent-ink,var(--accent-ink))}
button:focus{outline:3px solid var(--bantin-accent,var(--accent));outline-offset:2px}
button:focus:not(:focus-visible){outline:none}
.panel{box-sizing:border-box;position:absolute;top:100%;left:0;z-index:9999;margin-top:.25em;width:100%;min-width:min(22em,90vw);padding:.3em;background:var(--bantin-bg,var(--bg));border:1px solid var(--bantin-line,var(--line));border-radius:var(--bantin-radius,.4em);box-shadow:var(--bantin-shadow,0 8px 30px rgba(0,0,0,.22))}
.panel.end{left:auto;right:0}
.list{max-height:var(--bantin-height,min(28em,60vh));overflow:auto;overscroll-behavior:contain}
.group{display:block}
.head{display:block;padding:.35em .8em .1em;font-size:.8em;font-weight:600;color:var(--bantin-soft,var(--soft))}
.option{display:block;padding:.45em .65em;border-radius:var(--bantin-radius,.4em);color:inherit;text-decoration:none;cursor:pointer;overflow-wrap:anywhere}
.option:hover,.option.active{background:var(--bantin-tint,var(--tint))}
.option.active{outline:2px solid var(--bantin-accent,var(--accent));outline-offset:-2px}
.title{display:block}
.note{display:block;font-size:.85em;color:var(--bantin-soft,var(--soft))}
.all{color:var(--bantin-accent,var(--accent));font-weight:600}
.message{padding:.45em .65em;color:var(--bantin-soft,var(--soft))}
mark{background:var(--bantin-mark,var(--mark));color:inherit;border-radius:.15em}
.status{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
[hidden]{display:none}
@supports (color:light-dark(#000,#fff)){.box{--bg:light-dark(#fff,#191f1e);--ink:light-dark(#1b2422,#e5e9e7);--soft:light-dark(#56625f,#a2aeaa);--line:light-dark(#7d8784,#75817d);--tint:light-dark(#e6f1ed,#1c302b);--accent:light-dark(#0a6552,#74d0b8);--accent-ink:light-dark(#fff,#0c1513);--mark:light-dark(#ffe9a8,#574811)}}
@media (forced-colors:active){button{border:1px solid ButtonText}.option.active{outline-color:Highlight}mark{background:Mark;color:MarkText}}
`;

// One sheet for all boxes. A browser without constructable sheets gets the
// rules that have no condition through the object model, which no policy
// forbids: a style element would need 'unsafe-inline'.
let sheet;
try {
  sheet = new CSSStyleSheet();
  sheet.replaceSync(CSS);
} catch {
  sheet = null;
}
const PLAIN = CSS.split("@supports")[0].match(/[^{}\n]+\{[^}]*/g).map((rule) => rule.split("{")).filter(([selector]) => !selector.includes(":"));
const dress = (root) => {
  if (sheet && "adoptedStyleSheets" in root) {
    root.adoptedStyleSheets = [sheet];
    return;
  }
  for (const e of root.querySelectorAll("*")) {
    e.style.cssText = PLAIN.filter(([selector]) => e.matches(selector)).map(([, declarations]) => declarations).join(";");
  }
};

// What all boxes of a page share: the answers of the last questions, and a
// budget of 12 requests at once and two a second for long. A failure makes
// everyone wait, twice as long each time.
const cache = new Map();
let tokens = 12, counted = 0, failures = 0, paused = 0;
const delay = () => {
  const now = performance.now();
  tokens = Math.min(12, tokens + (now - counted) / 500);
  counted = now;
  return Math.max((1 - tokens) * 500, paused - now, 0);
};
const keep = (url, answer) => {
  cache.delete(url);
  cache.set(url, answer);
  if (cache.size > 50) cache.delete(cache.keys().next().value);
};

const make = (tag, attributes, ...children) => {
  const e = document.createElement(tag);
  for (const name in attributes) e.setAttribute(name, attributes[name]);
  e.append(...children);
  return e;
};

// build makes the box of one element and returns what its methods call.
const build = (host) => {
  const root = host.attachShadow({ mode: "open" });
  const label = make("label", { class: "label", part: "label", for: "q" });
  const input = make("input", {
    id: "q", name: "q", class: "input", part: "input", type: "text", role: "combobox", "aria-autocomplete": "list", "aria-controls": "list",
    "aria-expanded": "false", autocomplete: "off", autocapitalize: "none", autocorrect: "off", spellcheck: "false",
    inputmode: "search", enterkeyhint: "search", maxlength: "500",
  });
  const button = make("button", { part: "button" });
  const field = make("div", { class: "field", part: "field" }, label, input);
  const form = make("form", { part: "form" }, make("div", { class: "row", part: "row" }, field, button));
  const list = make("div", { id: "list", class: "list", role: "listbox", part: "list" });
  const message = make("div", { class: "message", part: "message", "aria-hidden": "true" });
  const panel = make("div", { class: "panel", part: "panel", hidden: "" }, list, message);
  const status = make("div", { class: "status", part: "status", role: "status" });
  // A list of a document's citers or of meetings takes the place of what is
  // inside the element once it has come.
  const met = host.hasAttribute("meeting"), listed = met || host.hasAttribute("document"), inside = make("slot");
  const head = make("div", { class: "head", part: "head" }), lines = make("div", { part: "list" });
  if (listed) root.append(make("div", { class: "box", part: "box" }, head, lines), inside);
  else root.append(make("div", { class: "box", part: "box" }, form, panel, status));

  let timer, control, current = "", options = [], at = -1, composing = false, hidden = [];

  const plain = () => host.querySelector("form");
  const lang = () => {
    const near = host.closest("[lang]");
    return near && /^en\b/i.test(near.lang) ? "en" : "vi";
  };
  const say = (key, n) => {
    const words = STRINGS[lang()];
    return (n === 1 && words[key + 1] || words[key]).replace("{n}", Number(n).toLocaleString(lang()));
  };
  // The form's own address is where results are; the API stands beside it.
  const action = () => {
    const own = plain() && plain().getAttribute("action");
    return own ? new URL(own, document.baseURI) : new URL("/search", import.meta.url);
  };
  const target = () => plain() && plain().getAttribute("target") || "";

  // An attribute narrows the search; so does a hidden input of the plain form
  // that no attribute overrides.
  const filters = (all) => {
    const out = new URLSearchParams();
    for (const i of plain() ? plain().querySelectorAll("input[type=hidden][name]") : []) {
      if (all || FORM_FILTERS.includes(i.name)) out.append(i.name, i.value);
    }
    for (const name of FILTERS) {
      const values = (host.getAttribute(name) || "").split(/[\s,]+/).filter(Boolean);
      if (values.length) out.delete(name);
      for (const v of values) out.append(name, v);
    }
    out.set("lang", lang());
    return out;
  };
  const page = (q) => {
    const url = action(), p = filters(true);
    p.set("q", q);
    url.search = p;
    return url.href;
  };
  const question = (q) => {
    const url = new URL("api/v1/embed", action()), p = met ? new URLSearchParams({ lang: lang() }) : filters();
    if (met) p.set("meeting", host.getAttribute("meeting"));
    else if (listed) p.set("cites", host.getAttribute("document"));
    else p.set("q", q);
    p.set("mode", listed ? "results" : host.getAttribute("mode") || "both");
    p.set("size", host.getAttribute("limit") || "8");
    if (host.getAttribute("site")) p.set("site", host.getAttribute("site"));
    url.search = p;
    return url.href;
  };
  const emit = (name, detail, cancelable) =>
    host.dispatchEvent(new CustomEvent("bantin-" + name, { bubbles: true, composed: true, cancelable, detail }));

  const select = (i) => {
    at = i;
    options.forEach((o, n) => {
      o.setAttribute("aria-selected", n === at);
      o.classList.toggle("active", n === at);
      o.setAttribute("part", o.getAttribute("part").replace(" active", "") + (n === at ? " active" : ""));
    });
    if (at < 0) {
      input.removeAttribute("aria-activedescendant");
      return;
    }
    input.setAttribute("aria-activedescendant", options[at].id);
    options[at].scrollIntoView({ block: "nearest" });
    if (!sheet) dress(root);
  };
  const open = (on) => {
    panel.hidden = !on;
    input.setAttribute("aria-expanded", on && options.length > 0);
    select(-1);
    panel.classList.remove("end");
    if (on && panel.getBoundingClientRect().right > document.documentElement.clientWidth) panel.classList.add("end");
    if (!sheet) dress(root);
  };
  const close = () => open(false);

  const option = (kind, q, url, text, note) => {
    const words = make("span", { class: "title", part: "title" });
    text.forEach((t, i) => words.append(i % 2 ? make("mark", { part: "mark" }, t) : t));
    const a = make("a", { class: "option " + kind, part: "option " + kind, href: url }, words);
    if (!listed) for (const [name, value] of [["id", "o" + options.length], ["role", "option"], ["tabindex", "-1"], ["aria-selected", "false"]]) a.setAttribute(name, value);
    if (note) a.append(" ", make("span", { class: "note", part: "note" }, note));
    if (target()) a.target = target();
    a.addEventListener("click", (e) => {
      const detail = { kind, url, text: text.join(""), query: q };
      if (!emit("select", detail, true)) e.preventDefault();
      if (!listed) close();
    });
    options.push(a);
    return a;
  };
  const group = (name, members) => members.length
    ? [make("div", { class: "group", part: "group", role: "group", "aria-label": name },
      make("span", { class: "head", part: "head", "aria-hidden": "true" }, name), ...members)]
    : [];
  // Addresses of an answer are paths of the service, whatever stands in them.
  const link = (path, extra) => {
    const url = new URL("." + path, action());
    for (const name in extra) url.searchParams.set(name, extra[name]);
    url.searchParams.set("lang", lang());
    return url.href;
  };
  const show = (q, a) => {
    options = [];
    if (listed) {
      const key = host.getAttribute("document"), series = met && host.getAttribute("meeting").includes("/");
      head.textContent = met ? say(series ? "series" : "told", a.total) + a.meeting : say("cited", a.total) + (a.document || key);
      const all = met ? [link(a.page), say(series ? "meetings" : "meeting")] : [link("/documents/" + encodeURIComponent(key)), say("all", a.total)];
      lines.replaceChildren(...a.results.map((r) => option("result", "", link(r.url), r.text, r.note)),
        ...met || a.total > a.results.length ? [option("all", "", all[0], [all[1]])] : []);
      inside.hidden = true;
      if (!sheet) dress(root);
      emit("search", { query: "", total: a.total, relaxed: false, suggestions: 0, results: a.results.length });
      return;
    }
    const suggestions = a.suggestions.map((s) => option("suggestion", q, link(s.url), s.text, s.note));
    const results = a.results.map((r) => option("result", q, link(r.url, { q }), r.text, r.note));
    const only = host.getAttribute("mode") === "suggest";
    const rest = a.total > results.length ? [option("all", q, page(q), [say("all", a.total)])] : [];
    list.replaceChildren(...group(say("suggestions"), suggestions), ...group(say("results"), results), ...rest);
    list.hidden = !options.length;
    const key = a.relaxed ? "near" : "found";
    const told = only && suggestions.length ? say("offered", suggestions.length) : a.total ? say(key, a.total) : say("none");
    status.textContent = told;
    message.textContent = told;
    message.hidden = options.length > 0 && !a.relaxed;
    open(root.activeElement === input);
    emit("search", { query: q, total: a.total, relaxed: a.relaxed, suggestions: suggestions.length, results: results.length });
  };
  const fail = (q, error) => {
    paused = performance.now() + Math.min(60000, 2000 * 2 ** failures++);
    options = [];
    list.replaceChildren();
    current = message.textContent = "";
    if (!listed) close();
    status.textContent = say("failed");
    emit("error", { query: q, status: error.status || 0, message: error.message });
  };

  const load = async (q, url) => {
    const more = delay();
    if (more > 0) {
      timer = setTimeout(load, more, q, url);
      return;
    }
    tokens--;
    const mine = control = new AbortController();
    const late = setTimeout(() => mine.abort(), 8000);
    try {
      const r = await fetch(url, { credentials: "omit", referrerPolicy: "no-referrer", signal: mine.signal });
      const answer = await r.json();
      if (!r.ok) throw Object.assign(new Error(answer.detail || r.status), { status: r.status });
      failures = 0;
      keep(url, answer);
      if (mine === control) show(q, answer);
    } catch (error) {
      if (mine === control) fail(q, error);
    } finally {
      clearTimeout(late);
    }
  };
  const stop = () => {
    clearTimeout(timer);
    if (control) control.abort();
    control = null;
    current = "";
  };
  const ask = () => {
    const q = input.value.trim(), url = question(q);
    if (url === current) return;
    stop();
    if (q.length < 2 && !listed) {
      options = [];
      status.textContent = "";
      close();
      return;
    }
    current = url;
    if (cache.has(url)) {
      const answer = cache.get(url);
      keep(url, answer);
      show(q, answer);
    } else timer = setTimeout(load, 150, q, url);
  };

  // refresh takes over what the attributes and the plain form say now.
  const refresh = () => {
    const inside = plain(), own = inside && inside.querySelector("input[name=q]");
    const text = (e) => e ? e.textContent.trim() : "";
    label.textContent = text(inside && inside.querySelector("label")) || say("label");
    button.textContent = text(inside && inside.querySelector("button")) || say("button");
    list.setAttribute("aria-label", say("list"));
    input.placeholder = host.getAttribute("placeholder") || own && own.placeholder || "";
    form.setAttribute("action", action().href);
    form.setAttribute("target", target());
    for (const h of hidden) h.remove();
    hidden = [...filters(true)].map(([name, value]) => make("input", { type: "hidden", name, value }));
    form.append(...hidden);
    if (!sheet) dress(root);
    if (listed) ask();
  };
  const clear = () => {
    input.value = "";
    ask();
  };

  input.addEventListener("compositionstart", () => {
    composing = true;
    stop();
  });
  input.addEventListener("compositionend", () => {
    composing = false;
    ask();
  });
  input.addEventListener("input", (e) => {
    if (!composing && !e.isComposing) ask();
  });
  input.addEventListener("blur", close);
  // Enter submits; where an option is active it opens that.
  form.addEventListener("submit", (e) => {
    if (at >= 0) {
      e.preventDefault();
      options[at].click();
      return;
    }
    stop();
    refresh();
    close();
  });
  field.addEventListener("mousedown", (e) => {
    if (e.target === input) return;
    e.preventDefault();
    input.focus();
  });
  // Keeps the focus in the box while an option is pressed.
  panel.addEventListener("mousedown", (e) => e.preventDefault());

  input.addEventListener("keydown", (e) => {
    if (composing || e.isComposing || e.keyCode === 229 || e.ctrlKey || e.metaKey || e.shiftKey) return;
    const n = options.length, shown = !panel.hidden, to = (i) => {
      e.preventDefault();
      if (!shown) open(true);
      select(i);
    };
    switch (e.key) {
      case "ArrowDown": if (n) to(e.altKey ? at : (at + 1) % n); break;
      case "ArrowUp":
        if (e.altKey) close();
        else if (n) to(at > 0 ? at - 1 : n - 1);
        break;
      case "Home": if (at >= 0) to(0); break;
      case "End": if (at >= 0) to(n - 1); break;
      case "ArrowLeft": case "ArrowRight": if (at >= 0) select(-1); break;
      case "Escape":
        if (!shown && !input.value) break;
        e.preventDefault();
        e.stopPropagation();
        if (shown) close();
        else clear();
        break;
      case "Tab": close();
    }
  });

  refresh();
  dress(root);
  // What was typed before the script came is not lost.
  const before = !listed && plain() && plain().querySelector("input[name=q]");
  if (before) {
    input.value = before.value;
    if (document.activeElement === before) input.focus();
  }
  return { refresh, clear, stop, focus: (o) => input.focus(o) };
};

const boxes = new WeakMap();
const start = (host) => {
  if (!host.isConnected) return;
  if (!boxes.has(host)) boxes.set(host, build(host));
  boxes.get(host).refresh();
};

export class BantinSearch extends HTMLElement {
  static get observedAttributes() {
    return [...FILTERS, "document", "meeting", "mode", "limit", "placeholder", "site", "lang"];
  }
  connectedCallback() {
    // While the page is read, the form inside may still be to come.
    if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", () => start(this), { once: true });
    else start(this);
  }
  disconnectedCallback() {
    if (boxes.has(this)) boxes.get(this).stop();
  }
  attributeChangedCallback() {
    if (boxes.has(this)) boxes.get(this).refresh();
  }
  focus(options) {
    if (boxes.has(this)) boxes.get(this).focus(options);
    else super.focus(options);
  }
  clear() {
    if (boxes.has(this)) boxes.get(this).clear();
  }
}
if (!customElements.get("bantin-search")) customElements.define("bantin-search", BantinSearch);

// Editors that keep no element but HTML's keep a div of that class: it becomes
// the element, its data-* the attributes.
const adopt = () => {
  for (const div of document.querySelectorAll("div.bantin-search")) {
    const e = make("bantin-search", {}, ...div.childNodes);
    for (const { name, value } of div.attributes) e.setAttribute(name.replace(/^data-/, ""), value);
    div.replaceWith(e);
  }
};
if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", adopt, { once: true });
else adopt();
