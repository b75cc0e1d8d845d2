// A signature: strokes of a pen on a sheet, or the typed name and a tick for whoever cannot draw.
import { button, h, say, tick, told } from "./ui.js";

const NEAR = 3;

/** The sheet for one who signs: `signed` holds `strokes` and `ticked`; `changed` is called after every stroke. */
export function sheet(id, label, signed, changed) {
  const { width, height } = told.sheet;
  const path = h("path", { d: signed.strokes || "" });
  const paper = h("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": `${label}：${say("sign_here")}`, id: `${id}-sheet` }, path);
  let last = null;
  const place = (event) => {
    const box = paper.getBoundingClientRect();
    const inside = (value, most) => Math.round(Math.min(most, Math.max(0, value)));
    return [inside(((event.clientX - box.left) / box.width) * width, width), inside(((event.clientY - box.top) / box.height) * height, height)];
  };
  const draw = (sign, [x, y]) => { signed.strokes += `${sign}${x} ${y}`; path.setAttribute("d", signed.strokes); last = [x, y]; };
  paper.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    if (signed.strokes.length > 11_000) return;
    paper.setPointerCapture(event.pointerId);
    draw("M", place(event));
  });
  paper.addEventListener("pointermove", (event) => {
    if (!last || signed.strokes.length > 11_900) return;
    const [x, y] = place(event);
    if (Math.abs(x - last[0]) + Math.abs(y - last[1]) >= NEAR) draw("L", [x, y]);
  });
  const end = () => { if (last) { last = null; changed(); } };
  paper.addEventListener("pointerup", end);
  paper.addEventListener("pointercancel", end);
  const clear = button(say("sign_again"), () => { signed.strokes = ""; path.setAttribute("d", ""); changed(); }, { kind: "outline" });
  return h("div", { class: "kit-sheet", id }, paper, h("div", {}, clear),
    tick(`${id}-instead`, say("sign_instead"), signed.ticked, (checked) => { signed.ticked = checked; changed(); }));
}
