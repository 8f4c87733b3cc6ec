// Two soft notes, made here: no file, no network. Silent where the browser allows no sound, which is no fault.
let audio;

export async function chime() {
  audio ??= new AudioContext();
  // Where sound is not allowed, resume() never answers; a chime that came later would mean nothing.
  await Promise.race([audio.resume(), new Promise((done) => setTimeout(done, 300))]);
  if (audio.state !== "running") return;
  note(660, 0);
  note(523, 0.22);
}

function note(pitch, after) {
  const [tone, volume] = [audio.createOscillator(), audio.createGain()];
  const start = audio.currentTime + after;
  tone.frequency.value = pitch;
  volume.gain.setValueAtTime(0, start);
  volume.gain.linearRampToValueAtTime(0.25, start + 0.02);
  volume.gain.exponentialRampToValueAtTime(0.001, start + 0.5);
  tone.connect(volume).connect(audio.destination);
  tone.start(start);
  tone.stop(start + 0.5);
}
