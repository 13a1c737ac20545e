// Joins components, tokens and our own rules into what the portal serves, in api/portaal/statisch: `make stijl`.
// Of the tokens only those that are reached are kept: light on :root, dark by the reader's own setting or by data-thema.
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const uit = process.argv[2] ?? new URL("../api/portaal/statisch", import.meta.url).pathname;
const lees = (pad) => readFileSync(new URL(pad, import.meta.url), "utf8");
const pakket = (naam) => `node_modules/${naam}`;

const UTRECHT = [
  "table", "button", "textbox", "select", "checkbox", "radio-button", "textarea", "form-field", "form-field-description",
  "form-field-error-message", "form-fieldset", "form-label", "alert", "pagination", "breadcrumb-nav", "data-list", "link",
];
const KANDIDAAT = ["skip-link", "data-badge"];
const ACCENT = "info"; // the accent of the theme is purple; ours is the blue of its information colour
const THEMA = pakket("@nl-design-system-community/ma-design-tokens/dist");

const tokens = (css) => Object.fromEntries([...css.matchAll(/^\s*(--[\w-]+):\s*(.*?);$/gm)].map(([, naam, waarde]) => [naam, waarde]));
const gebruikt = (css) => [...css.matchAll(/var\(\s*(--[\w-]+)/g)].map(([, naam]) => naam);
// One rule a line, so that what two people change at once can be put together.
const klein = (css) =>
  css.replace(/\/\*[\s\S]*?\*\//g, "").replace(/\s+/g, " ").replace(/\s*([{};,])\s*/g, "$1").replace(/;}/g, "}").replace(/}/g, "}\n").trim();

const licht = { ...tokens(lees(`${THEMA}/theme.css`)), ...tokens(lees("thema.css")) };
const donker = { ...tokens(lees(`${THEMA}/color-scheme-dark/theme.css`)), ...tokens(lees("thema-donker.css")) };
for (const set of [licht, donker])
  for (const naam of Object.keys(set)) {
    if (/^--basis-color-(accent|action)-1-/.test(naam)) set[naam] = `var(${naam.replace(/(accent|action)-1/, ACCENT)})`;
    if (set[naam] === "None") delete set[naam];
  }

const componenten = [
  ...UTRECHT.map((naam) => lees(`${pakket(`@utrecht/${naam}-css`)}/dist/index.css`)),
  ...KANDIDAAT.map((naam) => lees(`${pakket(`@nl-design-system-candidate/${naam}-css`)}/dist/${naam}.css`)),
].map((css) => css.replace(/@import[^;]+;/g, "")).join("\n");
const eigen = lees("portaal.css");

const nodig = new Set();
const open = gebruikt(componenten + eigen);
while (open.length) {
  const naam = open.pop();
  if (nodig.has(naam)) continue;
  nodig.add(naam);
  for (const set of [licht, donker]) if (set[naam]) open.push(...gebruikt(set[naam]));
}
// What our own rules and the theme ask for must be there; a component says itself what it does without.
const gezet = new Set([...Object.keys(licht), ...[...eigen.matchAll(/(--[\w-]+)\s*:/g)].map(([, naam]) => naam)]);
const mist = [...gebruikt(eigen), ...[...nodig].flatMap((naam) => gebruikt(licht[naam] ?? ""))].filter((naam) => !gezet.has(naam));
if (mist.length) throw new Error(`tokens that are nowhere: ${[...new Set(mist)].join(", ")}`);

const blok = (set) => Object.entries(set).filter(([naam]) => nodig.has(naam)).map(([naam, waarde]) => `${naam}:${waarde}`).join(";");
const thema =
  `:root{color-scheme:light;${blok(licht)}}` +
  `@media screen and (prefers-color-scheme:dark){:root:not([data-thema=licht]){color-scheme:dark;${blok(donker)}}}` +
  `@media screen{:root[data-thema=donker]{color-scheme:dark;${blok(donker)}}}`;
const css =
  "/* Components: NL Design System, EUPL-1.2, see licenties.txt. Made by `make stijl`. */\n" +
  klein(thema + componenten + eigen) + "\n";
const js = `${lees(`${pakket("htmx.org")}/dist/htmx.min.js`).trim().replace(/\n?\/\/# sourceMappingURL.*$/, "")}\n${lees("portaal.js")}`;

const LICENTIES = [
  ["@utrecht/*-css, @nl-design-system-candidate/*-css, @nl-design-system-community/ma-design-tokens", `${pakket("@utrecht/button-css")}/LICENSE.md`, "Frameless B.V., Gemeente Utrecht, kernteam NL Design System"],
  ["@fontsource/source-sans-3", `${pakket("@fontsource/source-sans-3")}/LICENSE`, "Google Inc., Adobe"],
  ["htmx.org", `${pakket("htmx.org")}/LICENSE`, "Big Sky Software"],
];

mkdirSync(uit, { recursive: true });
writeFileSync(`${uit}/portaal.css`, css);
writeFileSync(`${uit}/portaal.js`, js);
writeFileSync(`${uit}/licenties.txt`, LICENTIES.map(([wie, pad, van]) => `${wie} (${van})\n\n${lees(pad).trim()}\n`).join(`\n${"=".repeat(80)}\n\n`));
for (const dikte of [400, 600])
  copyFileSync(new URL(`${pakket("@fontsource/source-sans-3")}/files/source-sans-3-latin-${dikte}-normal.woff2`, import.meta.url), `${uit}/source-sans-${dikte}.woff2`);
const gz = (tekst) => gzipSync(tekst, { level: 9 }).length;
console.log(`portaal.css ${css.length} (gz ${gz(css)}), portaal.js ${js.length} (gz ${gz(js)}), tokens ${[...nodig].filter((naam) => licht[naam]).length}`);
