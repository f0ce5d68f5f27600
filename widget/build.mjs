// Bundles the element into the one file that the assistant serves; `--check` only compares.
import { build } from "esbuild";
import { readFile, writeFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import { fileURLToPath } from "node:url";

const MOST_BYTES = 20_000;
const target = fileURLToPath(new URL("../gutskin/channel/static/widget.js", import.meta.url));

const result = await build({
  entryPoints: [fileURLToPath(new URL("src/index.js", import.meta.url))],
  bundle: true,
  minify: true,
  format: "iife",
  target: ["es2022"],
  charset: "utf8",
  legalComments: "eof",
  define: { "process.env.NODE_ENV": '"production"' },
  plugins: [tightStyles()],
  write: false,
});
const built = result.outputFiles[0].text;
const size = gzipSync(built, { level: 9 }).length;
if (size > MOST_BYTES) fail(`The built element is ${size} bytes gzip, over ${MOST_BYTES}.`);

if (process.argv.includes("--check")) {
  const committed = await readFile(target, "utf8").catch(() => "");
  if (committed !== built) fail("gutskin/channel/static/widget.js is not what widget/ builds. Mend: make widget");
  console.log(`The built element is fresh: ${size} bytes gzip.`);
} else {
  await writeFile(target, built);
  console.log(`Built: ${size} bytes gzip.`);
}

function fail(words) {
  console.error(words);
  process.exit(1);
}

function tightStyles() {
  return {
    name: "tight-styles",
    setup(bundle) {
      bundle.onLoad({ filter: /style\.css$/ }, async ({ path }) => {
        const { code } = await (await import("esbuild")).transform(await readFile(path, "utf8"), { loader: "css", minify: true });
        return { contents: code, loader: "text" };
      });
    },
  };
}
