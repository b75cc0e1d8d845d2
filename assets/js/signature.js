/** A signature drawn with finger or mouse; it is never required, and without JavaScript nobody misses it. */
export function signature() {
  return {
    ready: false,
    drawing: false,
    init() {
      this.pen = this.$refs.sheet.getContext("2d");
      Object.assign(this.pen, { lineWidth: 4, lineCap: "round", lineJoin: "round", strokeStyle: "#2a2523" });
      this.ready = true;
    },
    at(event) {
      const box = this.$refs.sheet.getBoundingClientRect();
      const { width, height } = this.$refs.sheet;
      return [((event.clientX - box.left) / box.width) * width, ((event.clientY - box.top) / box.height) * height];
    },
    begin(event) {
      event.preventDefault();
      this.$refs.sheet.setPointerCapture(event.pointerId);
      this.drawing = true;
      this.pen.beginPath();
      this.pen.moveTo(...this.at(event));
    },
    draw(event) {
      if (!this.drawing) return;
      this.pen.lineTo(...this.at(event));
      this.pen.stroke();
    },
    end() {
      if (!this.drawing) return;
      this.drawing = false;
      this.field().value = this.$refs.sheet.toDataURL("image/png");
    },
    clear() {
      this.pen.clearRect(0, 0, this.$refs.sheet.width, this.$refs.sheet.height);
      this.field().value = "";
    },
    field() { return this.$root.querySelector("input[name=signature]"); },
  };
}
