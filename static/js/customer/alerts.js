// Sound and vibration at "your turn". A browser allows both only after a touch, so they are offered, never assumed.

import { t } from "../page.js";
import { recall, remember } from "./memory.js";
import { blink, calm, isBlinking } from "./title.js";

const KEPT_AS = "queueapp.alerts";
const SHAKE_MS = [400, 200, 400, 200, 800];
const CHIMES_AT_S = [0, 2, 4];
const NOTES = [
  { hertz: 659.3, at_s: 0 },
  { hertz: 523.3, at_s: 0.35 },
];

const button = document.getElementById("alerts");
const canSound = typeof AudioContext !== "undefined";
const canShake = typeof navigator.vibrate === "function" && matchMedia("(pointer: coarse)").matches;

let isOn = recall(KEPT_AS) === true;
let sound = null;
let ringing = [];

/** Offer what this phone can do; nothing is shown where it can do nothing. */
export function offerAlerts(repaint) {
  if (!canSound && !canShake) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    isOn = !isOn;
    remember(KEPT_AS, isOn);
    if (isOn) wakeSound(() => [play(0), repaint()]);
    else hush();
    repaint();
  });
  // After a reload the sound sleeps until the next touch, wherever that is.
  for (const touch of ["pointerup", "keydown"]) document.addEventListener(touch, () => touched(repaint));
}

export const areAlertsOn = () => isOn;

/** The switch's words: only what this phone can do, and what keeps it working. */
export function alertWords(isAwake) {
  button.setAttribute("aria-checked", isOn);
  const how = t(canSound && canShake ? "how_both" : canSound ? "how_sound" : "how_vibration");
  const isAsleep = canSound && sound?.state !== "running";
  if (!isOn) return { alerts: t("alerts_off"), alerts_how: how };
  if (isAsleep) return { alerts: t("alerts_on"), alerts_how: t("how_touch") };
  return { alerts: t("alerts_on"), alerts_how: t(isAwake ? "how_awake" : "how_open", { how }) };
}

/** It is this visitor's turn: sound, shake, and a title that is seen from another tab. Any touch ends it. */
export function ring(otherTitle) {
  hush();
  blink(otherTitle);
  if (!isOn) return;
  if (canShake) navigator.vibrate(SHAKE_MS);
  if (sound?.state === "running") CHIMES_AT_S.forEach(play);
}

export function hush() {
  calm();
  for (const tone of ringing) tone.stop();
  ringing = [];
  if (canShake && isOn) navigator.vibrate(0);
}

function touched(repaint) {
  if (isBlinking() || ringing.length) hush();
  if (isOn && sound?.state !== "running") wakeSound(repaint);
}

// resume() may stay pending for ever, so its promise is never awaited alone: the state is what counts.
function wakeSound(then) {
  if (!canSound) return;
  sound ??= new AudioContext();
  sound.resume().then(then, () => {});
}

/** Two soft notes, falling; made here, so no file can be missing. */
function play(after_s) {
  for (const { hertz, at_s } of NOTES) ringing.push(tone(hertz, sound.currentTime + after_s + at_s));
}

function tone(hertz, at) {
  const source = new OscillatorNode(sound, { frequency: hertz });
  const volume = new GainNode(sound, { gain: 0 });
  volume.gain.setValueAtTime(0, at);
  volume.gain.linearRampToValueAtTime(0.6, at + 0.02);
  volume.gain.exponentialRampToValueAtTime(0.001, at + 0.55);
  source.connect(volume).connect(sound.destination);
  source.start(at);
  source.stop(at + 0.6);
  source.onended = () => {
    ringing = ringing.filter((one) => one !== source);
  };
  return source;
}
