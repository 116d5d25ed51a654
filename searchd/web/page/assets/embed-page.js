// Writes the snippets anew as one chooses: the server is asked for the same
// page, so that there is one place that writes them. Without this file the
// form's button does it.
const form = document.getElementById("embed-form");
let wait, last;

const renew = async () => {
  const given = [...new FormData(form)].filter(([, value]) => value);
  const address = form.getAttribute("action") + "?" + new URLSearchParams(given);
  if (last) last.abort();
  const mine = last = new AbortController();
  try {
    const answer = await fetch(address, { signal: mine.signal });
    if (!answer.ok || mine !== last) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const now of document.querySelectorAll("[data-live]")) {
      const then = page.getElementById(now.id);
      if (!then) continue;
      if (now.tagName !== "IFRAME") now.textContent = then.textContent;
      else if (now.getAttribute("src") !== then.getAttribute("src")) now.setAttribute("src", then.getAttribute("src"));
    }
    history.replaceState(null, "", address);
  } catch { /* the button is still there */ }
};
form.addEventListener("input", () => {
  clearTimeout(wait);
  wait = setTimeout(renew, 250);
});
form.addEventListener("submit", (e) => {
  e.preventDefault();
  renew();
});
