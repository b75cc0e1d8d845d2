// Builds every asset into src/niangjia/kernel/static/built/: sprite, script, title font, stylesheet.
import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import * as esbuild from "esbuild";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const at = (...parts) => join(root, ...parts);
const built = (...parts) => at("src", "niangjia", "kernel", "static", "built", ...parts);

/** One <symbol> for every name in icons.txt; a name lucide does not know stops the build. */
function buildSprite() {
  const names = readFileSync(at("assets", "icons.txt"), "utf8").split("\n").map((line) => line.trim());
  const symbols = names.filter((name) => name && !name.startsWith("#")).map((name) => {
    const svg = readFileSync(at("node_modules", "lucide-static", "icons", `${name}.svg`), "utf8");
    const body = svg.slice(svg.indexOf(">", svg.indexOf("<svg")) + 1, svg.lastIndexOf("</svg>"));
    return `<symbol id="${name}" viewBox="0 0 24 24">${body.replace(/\s+/g, " ").replace(/> </g, "><").trim()}</symbol>`;
  });
  const note = "<!-- icons: lucide (ISC) -->";
  writeFileSync(built("icons.svg"), `<svg xmlns="http://www.w3.org/2000/svg">${note}${symbols.join("")}</svg>\n`);
  copyFileSync(at("assets", "icons", "mark.svg"), built("mark.svg"));
}

/** The page's script, that of the kit of home visits, and its service worker. */
async function buildScripts() {
  const how = { absWorkingDir: root, bundle: true, minify: true, format: "iife", target: ["es2022"], legalComments: "none", logLevel: "warning" };
  for (const [from, to] of [["app.js", "app.js"], ["visits/page.js", "visits.js"], ["visits/worker.js", "visits-worker.js"]])
    await esbuild.build({ ...how, entryPoints: [`assets/js/${from}`], outfile: built(to) });
}

/** The title font is an ornament: without Python's fonttools the font of an earlier build or the system's serif stays. */
function buildTitleFont() {
  const python = [process.env.NIANGJIA_PYTHON, at(".venv", "bin", "python"), at(".venv", "Scripts", "python.exe"), "python3"]
    .find((path) => path && (path === "python3" || existsSync(path)));
  const run = spawnSync(python, [at("assets", "title_font.py"), built("fonts", "title.woff2")], { cwd: root, encoding: "utf8" });
  if (run.status === 0) return true;
  if (existsSync(built("fonts", "title.woff2"))) return true;
  console.warn(`assets: no title font (${(run.stderr || String(run.error)).trim().split("\n").pop()}); titles use the system's serif`);
  return false;
}

function buildStyles({ withTitleFont }) {
  const cli = at("node_modules", "@tailwindcss", "cli", "dist", "index.mjs");
  const run = spawnSync(process.execPath, [cli, "-i", at("assets", "css", "app.css"), "-o", built("app.css"), "--minify"], { cwd: root, encoding: "utf8" });
  if (run.status !== 0) throw new Error(run.stderr || String(run.error));
  if (!withTitleFont) return;
  const face = `@font-face{font-family:"Niangjia Song";font-weight:700;font-display:swap;src:url("fonts/title.woff2") format("woff2")}`;
  writeFileSync(built("app.css"), readFileSync(built("app.css"), "utf8") + face);
}

/** Papers are printed with whole static fonts: people's names hold rare characters. */
function copyPaperFonts() {
  mkdirSync(at("src", "niangjia", "papers", "fonts"), { recursive: true });
  for (const [weight, name] of [["400Regular", "NotoSerifSC_400Regular.ttf"], ["700Bold", "NotoSerifSC_700Bold.ttf"]]) {
    const source = at("node_modules", "@expo-google-fonts", "noto-serif-sc", weight, name);
    copyFileSync(source, at("src", "niangjia", "papers", "fonts", name));
  }
}

mkdirSync(built("fonts"), { recursive: true });
copyPaperFonts();
buildSprite();
await buildScripts();
buildStyles({ withTitleFont: buildTitleFont() });
for (const name of ["app.css", "app.js", "visits.js", "visits-worker.js", "icons.svg", "fonts/title.woff2"]) {
  if (!existsSync(built(name))) continue;
  const bytes = readFileSync(built(name));
  console.log(`${name.padEnd(18)} ${(bytes.length / 1000).toFixed(1)} kB, ${(gzipSync(bytes).length / 1000).toFixed(1)} kB gz`);
}
