/** Records a voice message with the browser's microphone, where there is one. */

const KINDS = [
    "audio/ogg;codecs=opus",
    "audio/mp4;codecs=opus",
    "audio/mp4",
    "audio/webm;codecs=opus",
];

export class Recorder {
    /** button: tapped to start and to finish; done(file); say(problem in words). */
    constructor(button, done, say) {
        this.button = button;
        this.done = done;
        this.say = say;
        this.running = null;
    }

    prepare() {
        this.button.addEventListener("click", () =>
            this.running ? this.running.stop() : this.start()
        );
    }

    async start() {
        const kind =
            globalThis.MediaRecorder && KINDS.find((name) => MediaRecorder.isTypeSupported(name));
        if (!kind || !navigator.mediaDevices) {
            this.say("Este navegador não grava áudio. Use ⋮ e “Enviar áudio gravado”.");
            return;
        }
        let stream;
        try {
            stream = await navigator.mediaDevices.getUserMedia({ audio: true });
        } catch {
            this.say("O microfone não está disponível. Use ⋮ e “Enviar áudio gravado”.");
            return;
        }
        const chunks = [];
        this.running = new MediaRecorder(stream, { mimeType: kind });
        this.running.ondataavailable = (event) => chunks.push(event.data);
        this.running.onstop = () => {
            this.show(false);
            this.running = null;
            for (const track of stream.getTracks()) {
                track.stop();
            }
            const type = kind.split(";")[0];
            this.done(new File(chunks, `voz.${type.split("/")[1]}`, { type }));
        };
        this.running.start();
        this.show(true);
    }

    show(recording) {
        this.button.classList.toggle("recording", recording);
        this.button.setAttribute(
            "aria-label",
            recording ? "Parar e enviar" : "Gravar mensagem de voz"
        );
    }
}
