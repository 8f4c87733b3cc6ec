// One soft tick when somebody arrives while the agent is free. Off unless asked for.

const ON = "queueapp-tick-on";

export const isTickOn = () => localStorage.getItem(ON) !== null;

export function switchTick(isOn) {
  if (isOn) localStorage.setItem(ON, "1");
  else localStorage.removeItem(ON);
  if (isOn) tick();
}

let audio;

export function tick() {
  if (!isTickOn()) return;
  audio ??= new AudioContext();
  if (audio.state === "suspended") audio.resume(); // not awaited: without a gesture it stays pending for ever
  const [tone, volume] = [audio.createOscillator(), audio.createGain()];
  tone.frequency.value = 660;
  volume.gain.setValueAtTime(0.08, audio.currentTime);
  volume.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + 0.12);
  tone.connect(volume).connect(audio.destination);
  tone.start();
  tone.stop(audio.currentTime + 0.12);
}
