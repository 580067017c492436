// The references that the page of a thing makes, under Node.js. Reads {module, cited} from its input, where `module` is a
// path and `cited` what facts are cited by; writes {text, bibtex, ris} for each.
import { text as read } from "node:stream/consumers";
import { pathToFileURL } from "node:url";

const { module, cited } = JSON.parse(await read(process.stdin));
const { text, bibtex, ris } = await import(pathToFileURL(module).href);
process.stdout.write(JSON.stringify(cited.map((/** @type {any} */ one) => ({ text: text(one), bibtex: bibtex(one), ris: ris(one) }))));
