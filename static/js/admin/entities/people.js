// Who may sign in, and what they may do there.
import { el, icon, page, t } from "../../page.js";
import { branchId, change } from "../api.js";
import { showOnce } from "../dialogs.js";
import { byName } from "../figures.js";
import { say } from "../toast.js";

const ROLES = ["agent", "supervisor", "admin"];

export const people = {
  kind: "users",
  one: "person",
  icon: "users",
  title: t("people"),
  hears: [],
  removeWord: t("end_access"),
  refusals: { NameIsTaken: "username", LastAdmin: "role" },
  order: byName,
  label: (user) => user.name || user.username,
  words: (user) => [user.name, user.username, t(`role_${user.role}`)],
  columns: [
    {
      label: t("person_name"),
      cell: (user) => el("span", { class: user.is_active ? "name" : "name is-off" }, avatar(user), user.name),
    },
    { label: t("username"), look: "wide", cell: (user) => el("bdi", { text: user.username }) },
    { label: t("role"), cell: (user) => t(`role_${user.role}`) },
    {
      label: t("branch"),
      look: "wide",
      cell: (user, { branches }) =>
        branches.find((one) => one.id === user.branch_id)?.name ?? t("all_branches"),
    },
    {
      label: t("sign_in"),
      look: "end",
      cell: (user) =>
        el("span", {
          class: `state is-${user.is_active ? "open" : "closed"}`,
          text: t(user.is_active ? "may_sign_in" : "may_not_sign_in"),
        }),
    },
  ],
  groups: [
    {
      fields: [
        {
          name: "name",
          type: "text",
          max: 80,
          width: "half",
          label: t("person_name"),
          hint: t("person_name_hint"),
        },
        {
          name: "username",
          type: "text",
          max: 80,
          width: "half",
          plain: true,
          label: t("username"),
          hint: t("username_hint"),
        },
        {
          name: "role",
          type: "radio",
          label: t("role"),
          options: ROLES.map((role) => ({
            value: role,
            text: t(`role_${role}`),
            hint: t(`role_${role}_hint`),
          })),
        },
        {
          name: "branch_id",
          type: "select",
          label: t("branch"),
          options: ({ branches }) => [
            { value: null, text: t("all_branches") },
            ...branches.map(({ id, name }) => ({ value: id, text: name })),
          ],
        },
        { name: "is_active", type: "toggle", label: t("may_sign_in_long") },
      ],
    },
  ],
  blank: () => ({ name: "", username: "", role: "agent", branch_id: branchId, is_active: true }),
  created: (user) => showPassword(user),
  extras: (user) => (page.user?.role === "admin" ? [resetButton(user)] : []),
};

function avatar({ name }) {
  const initials = name
    .split(/\s+/)
    .map((word) => word[0])
    .slice(0, 2)
    .join("");
  return el("span", { class: "avatar", "aria-hidden": "true", text: initials.toLocaleUpperCase() });
}

function resetButton(user) {
  const reset = async () => {
    const password = onePassword();
    try {
      await showPassword({ ...(await change("users", user.id, { password })), password });
    } catch (problem) {
      say(problem);
    }
  };
  return el(
    "button",
    { class: "button button--quiet button--small", type: "button", on: { click: reset } },
    icon("key-round"),
    t("reset_password"),
  );
}

const READABLE = "abcdefghjkmnpqrstuvwxyz23456789"; // nothing that is misread from paper

/** Four groups of four: about 79 bits, and still easy to read out. */
function onePassword() {
  const letters = Array.from(
    crypto.getRandomValues(new Uint32Array(16)),
    (n) => READABLE[n % READABLE.length],
  );
  return letters.join("").match(/.{4}/g).join("-");
}

function showPassword(user) {
  if (!user.password) return null;
  const title = t("password_of", { name: user.name });
  return showOnce({ title, text: t("password_text", { username: user.username }), secret: user.password });
}
