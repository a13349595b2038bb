import { readdirSync, readFileSync } from "node:fs";
import { createRequire, stripTypeScriptTypes } from "node:module";
import { extname, join } from "node:path";

interface PageFile {
  type: string;
  content: string | Buffer;
}

/** Where the page is reached, and how: "/", "/page/main.js", … */
export type PageFiles = ReadonlyMap<string, PageFile>;

const SCRIPT = "text/javascript; charset=utf-8";
const TYPES: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
};

/** Reads the page's files once. Scripts are served as they are written, without their types. */
export function readPageFiles(folder: string = join(import.meta.dirname, "page")): PageFiles {
  const files = new Map<string, PageFile>([["/vendor/adaptivecards.min.js", readVendored()]]);
  for (const name of readdirSync(folder)) {
    const content = readFileSync(join(folder, name));
    const type = TYPES[extname(name)];
    if (name === "index.html" && type) files.set("/", { type, content });
    else if (extname(name) === ".ts") {
      files.set(`/page/${name.slice(0, -3)}.js`, { type: SCRIPT, content: toScript(content.toString()) });
    } else if (type) files.set(`/page/${name}`, { type, content });
  }
  return files;
}

function readVendored(): PageFile {
  const path = createRequire(import.meta.url).resolve("adaptivecards/dist/adaptivecards.min.js");
  return { type: SCRIPT, content: readFileSync(path) };
}

function toScript(source: string): string {
  return stripTypes(source).replace(/(\b(?:from|import)\s*\(?\s*["']\.\/[\w-]+)\.ts(["'])/g, "$1.js$2");
}

/** Node warns that this function of its own is experimental. Only that warning is kept back, only while it runs. */
function stripTypes(source: string): string {
  const { emitWarning } = process;
  process.emitWarning = (warning: string | Error, ...more: unknown[]) => {
    if (!String(warning).startsWith("stripTypeScriptTypes is")) {
      Reflect.apply(emitWarning, process, [warning, ...more]);
    }
  };
  try {
    return stripTypeScriptTypes(source);
  } finally {
    process.emitWarning = emitWarning;
  }
}
