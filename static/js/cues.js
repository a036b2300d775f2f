// What a reader hears or feels at a change: nothing, until they choose it.
(() => {
  const { kept, keep } = window.legrelief;
  const SOFT = 0.06; // someone sleeps beside the reader

  const voices = window.speechSynthesis;
  const inputs = [...document.querySelectorAll(".cues input")];
  const chosen = (value) => inputs.some((input) => input.checked && input.value === value);
  let sound;

  const say = (words) => {
    const spoken = new SpeechSynthesisUtterance(words);
    spoken.lang = document.documentElement.lang;
    spoken.volume = 0.5;
    voices.cancel(); // a queue would fall behind the clock
    voices.speak(spoken);
  };

  const chime = (note) => {
    const now = sound.currentTime;
    const tone = new OscillatorNode(sound, { frequency: note });
    const loudness = new GainNode(sound, { gain: 0 });
    loudness.gain.setTargetAtTime(SOFT, now, 0.02).setTargetAtTime(0, now + 0.2, 0.3);
    tone.connect(loudness).connect(sound.destination);
    tone.start();
    tone.stop(now + 2);
  };

  // Sound can begin only in a tap.
  const unlock = () => {
    if (chosen("voice")) say("");
    if (!chosen("chime")) return;
    sound ||= new AudioContext();
    sound.resume();
    // A silent phone stays silent.
    if (navigator.audioSession) navigator.audioSession.type = "ambient";
  };

  for (const input of inputs) {
    if ({ voice: !voices, buzz: !navigator.vibrate }[input.value]) input.parentElement.remove();
    else if (kept(input.name) === input.value) input.checked = true;
    input.addEventListener("change", () => keep(input.name, input.checked ? input.value : ""));
  }

  window.legrelief.cues = {
    unlock,
    heard: () => chosen("voice") || chosen("buzz"),
    turnOn(value) {
      inputs.find((input) => input.value === value).click();
      unlock();
    },
    give(kind, words) {
      if (chosen("voice")) say(words);
      if (kind === "soon") return;
      if (chosen("chime")) chime(kind === "hold" ? 392 : 330);
      if (chosen("buzz")) navigator.vibrate(kind === "hold" ? 200 : [80, 120, 80]);
    },
    hush: () => voices?.cancel(),
  };
})();
