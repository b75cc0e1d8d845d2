/** A member's card read with the camera, where the browser can; elsewhere the field takes what a scanner types. */
const EVERY = 250;

export function scanner() {
  return {
    able: false,
    looking: false,
    stream: null,
    init() { this.able = "BarcodeDetector" in window && Boolean(navigator.mediaDevices?.getUserMedia); },
    async start() {
      try {
        this.stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
      } catch { this.able = false; return; }
      this.looking = true;
      this.$refs.eye.srcObject = this.stream;
      this.$refs.eye.play().catch(() => {});
      this.look(new window.BarcodeDetector({ formats: ["qr_code"] }));
    },
    async look(detector) {
      if (!this.looking) return;
      const [found] = await detector.detect(this.$refs.eye).catch(() => []);
      if (found) { this.told(found.rawValue); return; }
      setTimeout(() => this.look(detector), EVERY);
    },
    told(text) {
      this.stop();
      const field = this.$root.querySelector("input[name=card]");
      field.value = text;
      field.focus();
    },
    stop() {
      this.looking = false;
      this.stream?.getTracks().forEach((track) => track.stop());
      this.stream = null;
    },
    destroy() { this.stop(); },
  };
}
