// Kiosks, boards and stations: enrolled by a link, or by the code that the screen shows.
import { ago, el, icon, page, serverNow, t } from "../../page.js";
import { act, branchId } from "../api.js";
import { approve } from "../approve.js";
import { showOnce } from "../dialogs.js";
import { byName } from "../figures.js";
import { say } from "../toast.js";

export const ICONS = { kiosk: "tablet", board: "monitor", station: "list" };

export const devices = {
  kind: "devices",
  one: "device",
  icon: "tablet",
  title: t("devices"),
  hears: ["settings-updated"],
  removeWord: t("revoke"),
  order: byName,
  label: (device) => device.name,
  words: (device) => [device.name, t(`device_${device.kind}`)],
  enrich: (device, { health }) => ({ ...device, ...health.get(device.id) }),
  columns: [
    {
      label: t("device"),
      cell: (device) => el("span", { class: "name" }, icon(ICONS[device.kind]), device.name),
    },
    { label: t("kind"), look: "wide", cell: (device) => t(`device_${device.kind}`) },
    { label: t("sound"), look: "wide", cell: (device) => soundState(device) },
    { label: t("connection"), look: "end", cell: (device) => connectionState(device) },
  ],
  groups: [
    {
      fields: [
        {
          name: "kind",
          type: "radio",
          onlyNew: true,
          label: t("kind"),
          options: Object.keys(ICONS).map((kind) => ({
            value: kind,
            text: t(`device_${kind}`),
            hint: t(`device_${kind}_hint`),
          })),
        },
        { name: "name", type: "text", max: 80, label: t("device_name"), hint: t("device_name_hint") },
      ],
    },
  ],
  blank: () => ({ branch_id: branchId, kind: "kiosk", name: "" }),
  acts: (section) => [approveButton(section)],
  created: (device) => showLink(device),
  extras: (device) => (page.user?.role === "admin" ? [linkButton(device)] : []),
};

/** Shape, colour and word change together, here and on the live page. */
export function connectionState(device) {
  if (device.connected) return mark("ok", "circle-check", t("connected"));
  if (!device.last_seen_at) return mark("off", "circle-alert", t("never_connected"));
  const age = ago((serverNow() - Date.parse(device.last_seen_at)) / 1000);
  return mark("warn", "wifi-off", t("not_connected_since", { age }));
}

export function soundState({ audio }) {
  if (audio === "blocked") return mark("warn", "volume-x", t("sound_blocked"));
  if (audio === "ok") return mark("ok", "volume-2", t("sound_on"));
  return audio ? mark("off", "volume-1", t(`sound_${audio}`)) : null;
}

function mark(look, picture, word) {
  return el("span", { class: `mark-${look} marked num` }, icon(picture), word);
}

function approveButton(section) {
  const click = async () => {
    if (await approve()) section.load();
  };
  return el(
    "button",
    { class: "button button--quiet button--small", type: "button", on: { click } },
    icon("shield-check"),
    t("approve_code"),
  );
}

function linkButton(device) {
  const renew = async () => {
    try {
      await showLink({ ...device, ...(await act("devices", device.id, "link")) });
    } catch (problem) {
      say(problem);
    }
  };
  return el(
    "button",
    { class: "button button--quiet button--small", type: "button", on: { click: renew } },
    icon("link"),
    t("new_link"),
  );
}

function showLink({ name, url }) {
  if (!url) return null;
  const qr = `/api/admin/qr.svg?path=${encodeURIComponent(new URL(url).pathname)}`;
  return showOnce({ title: t("link_of", { name }), text: t("link_text"), secret: url, qr });
}
