// What makes the portal quicker for who has JavaScript; without it every page works.
(() => {
  const een = (zoek, in_ = document) => in_.querySelector(zoek), alle = (zoek, in_ = document) => [...in_.querySelectorAll(zoek)];
  const euro = (centen) => new Intl.NumberFormat("nl-NL", { style: "currency", currency: "EUR" }).format(centen / 100).replace(/\s/g, "\u00a0");
  const rijen = () => alle("tr[data-rij]");

  // How many are chosen, and what they come to.
  function tel() {
    const bulk = een("[data-bulk]");
    if (!bulk) return;
    const gekozen = alle("td.kies input:checked");
    const som = gekozen.reduce((tot, vak) => tot + Number(vak.dataset.bedrag || 0), 0);
    een("[data-gekozen]", bulk).textContent = gekozen.length ? `${gekozen.length} gekozen, samen ${euro(som)}` : "Nog geen regels gekozen";
    bulk.toggleAttribute("data-vast", gekozen.length > 0);
    const alles = een("[data-alles]");
    if (alles) { alles.checked = gekozen.length > 0 && gekozen.length === rijen().length; alles.indeterminate = gekozen.length > 0 && !alles.checked; }
  }
  document.addEventListener("change", ({ target }) => {
    if (target.matches("[data-alles]")) alle("td.kies input").forEach((vak) => { vak.checked = target.checked; });
    if (target.closest("td.kies, th.kies")) tel();
  });

  // The row on which one stands, for j, k, x and Enter.
  let hier = -1;
  function ga(naar) {
    const lijst = rijen();
    if (!lijst.length) return;
    hier = Math.max(0, Math.min(lijst.length - 1, naar));
    lijst.forEach((rij, nummer) => rij.toggleAttribute("data-hier", nummer === hier));
    een("a", lijst[hier])?.focus();
  }
  document.addEventListener("focusin", ({ target }) => {
    const rij = target.closest?.("tr[data-rij]");
    if (rij) { hier = rijen().indexOf(rij); rijen().forEach((ander) => ander.toggleAttribute("data-hier", ander === rij)); }
  });
  document.addEventListener("keydown", (toets) => {
    if (document.documentElement.dataset.toetsen === "uit" || toets.ctrlKey || toets.metaKey || toets.altKey) return;
    if (toets.target.closest("input:not([type=checkbox],[type=radio]), textarea, select, [contenteditable]")) return;
    const plek = een(`[data-toets="${CSS.escape(toets.key)}"]`);
    if (plek) { toets.preventDefault(); plek.matches("input[type=radio], input[type=search]") ? (plek.focus(), plek.type === "radio" && plek.click()) : plek.click(); return; }
    if (toets.key === "j" || toets.key === "k") { toets.preventDefault(); ga(hier + (toets.key === "j" ? 1 : -1)); }
    if (toets.key === "x" && rijen()[hier]) { toets.preventDefault(); een("td.kies input", rijen()[hier])?.click(); }
  });

  // A reason to reject is given beforehand, as long as nothing was typed.
  document.addEventListener("change", ({ target }) => {
    const vak = target.name === "keuze" && een("textarea[data-afwijzen]", target.form);
    if (!vak || (vak.value.trim() && vak.value !== vak.dataset.afwijzen)) return;
    vak.value = target.value === "afwijzen" ? vak.dataset.afwijzen : "";
  });

  // What is typed in a decision outlives a session that ends meanwhile; it stays in this window only.
  const bewaard = () => een("form[data-bewaar]");
  addEventListener("input", ({ target }) => {
    if (target.form === bewaard() && target.matches("textarea")) sessionStorage.setItem(target.form.dataset.bewaar, target.value);
  });
  function haalTerug() {
    const vak = bewaard() && een("textarea", bewaard()), tekst = vak && sessionStorage.getItem(bewaard().dataset.bewaar);
    if (tekst && !vak.value) vak.value = tekst;
  }

  // One click, one form; the server has the last word.
  document.addEventListener("submit", (verstuur) => {
    if (verstuur.defaultPrevented) return;
    setTimeout(() => alle("button", verstuur.target).forEach((knop) => { knop.disabled = true; }));
  });
  addEventListener("pageshow", () => { alle("form button").forEach((knop) => { knop.disabled = false; }); tel(); });
  document.addEventListener("htmx:after:swap", () => { hier = -1; tel(); });
  document.addEventListener("DOMContentLoaded", () => { alle("[data-met-js]").forEach((deel) => { deel.hidden = false; }); tel(); haalTerug(); een("[data-focus]")?.focus(); });
})();
