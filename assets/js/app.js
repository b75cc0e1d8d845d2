// Everything here enhances: every page reads, links and submits without it.
import htmx from "htmx.org";
import Alpine from "@alpinejs/csp";
import { followUiStyle } from "./size.js";
import { guardForms } from "./forms.js";
import { menu, autosave, confirmInWords } from "./components.js";
import { scanner } from "./scanner.js";
import { signature } from "./signature.js";
import { warnOfUnsent } from "./unsent.js";

Object.assign(htmx.config, { allowEval: false, includeIndicatorStyles: false, historyCacheSize: 0, allowScriptTags: false, selfRequestsOnly: true });
window.htmx = htmx;

Alpine.data("menu", menu);
Alpine.data("autosave", autosave);
Alpine.data("confirmInWords", confirmInWords);
Alpine.data("scanner", scanner);
Alpine.data("signature", signature);
window.Alpine = Alpine;
Alpine.start();

warnOfUnsent(document);
guardForms(document);
followUiStyle(document);
