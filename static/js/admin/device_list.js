// Which screens are there and well: connected or not since when, and whether they may make a sound.
import { el, icon, keyed, t } from "../page.js";
import { connectionState, ICONS, soundState } from "./entities/devices.js";
import { byName } from "./figures.js";
import { partHead, write } from "./paint.js";
import { href } from "./shell.js";

export class DeviceList {
  constructor() {
    this.link = el("a", { class: "num", href: href("devices") });
    this.list = el("ul", { class: "devices" });
    this.empty = el(
      "p",
      { class: "part-empty" },
      t("no_devices_yet"),
      " ",
      el("a", { href: href("devices", "new"), text: t("add_device") }),
    );
    this.node = el("section", { class: "part" }, partHead(t("devices"), this.link), this.list, this.empty);
  }

  paint({ devices }) {
    const fine = devices.filter((device) => isFine(device)).length;
    write(this.link, t("fine_of", { fine, count: devices.length }));
    this.empty.hidden = devices.length > 0;
    keyed(
      this.list,
      [...devices].sort(worstFirst),
      ({ id }) => id,
      () => el("li"),
      fill,
    );
  }
}

const isFine = (device) => device.connected && device.audio !== "blocked";

function worstFirst(a, b) {
  return Number(isFine(a)) - Number(isFine(b)) || byName(a, b);
}

function fill(row, device) {
  const isMute = device.connected && device.audio === "blocked";
  const state = isMute ? soundState(device) : connectionState(device);
  const print = [device.name, device.kind, state.textContent].join();
  if (row.dataset.print === print) return;
  row.dataset.print = print;
  row.replaceChildren(
    el(
      "a",
      { class: "device", href: href("devices", device.id) },
      icon(ICONS[device.kind]),
      el("span", { text: device.name }),
      state,
    ),
  );
}
