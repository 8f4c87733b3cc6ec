// A screen without an owner shows a code; whoever stands in front of it types the code here.
import { el, post, t } from "../page.js";
import { branchId } from "./api.js";
import { ask } from "./dialogs.js";
import { toast } from "./toast.js";

/** The approved device, or null. A code that is refused stays in the field, with the reason above it. */
export async function approve(typed = { code: "", name: "" }, fault = "") {
  const wanted = await askCode(typed, fault);
  if (!wanted) return null;
  try {
    const device = await post("/api/admin/devices/approve", { ...wanted, branch_id: branchId });
    toast(t("approved", { name: wanted.name }));
    return device;
  } catch (problem) {
    return approve(wanted, problem.detail || problem.title);
  }
}

async function askCode({ code, name }, fault) {
  const codeInput = el("input", {
    id: "pair-code",
    class: "code",
    value: code,
    maxlength: 9,
    autocomplete: "off",
    spellcheck: "false",
    required: true,
  });
  const nameInput = el("input", {
    id: "pair-name",
    value: name,
    maxlength: 80,
    autocomplete: "off",
    required: true,
  });
  codeInput.addEventListener("input", () => {
    codeInput.value = grouped(codeInput.value);
  });
  const field = (input, label) =>
    el("div", { class: "field" }, el("label", { for: input.id, text: label }), input);
  const refusal = fault && el("p", { class: "refusal", role: "alert", text: fault });
  const choice = await ask({
    title: t("approve_code"),
    body: [
      el("p", { text: t("approve_text") }),
      refusal,
      field(codeInput, t("code")),
      field(nameInput, t("device_name")),
    ].filter(Boolean),
    choices: [
      { value: "go", label: t("approve"), look: "button--primary" },
      { value: "stay", label: t("cancel"), stays: true },
    ],
    ready: () => codeInput.focus(),
  });
  return choice === "go" ? { code: codeInput.value, name: nameInput.value.trim() } : null;
}

/** "abcdefgh" becomes "ABCD-EFGH", as the screen shows it. */
function grouped(typed) {
  const letters = typed.toUpperCase().replace(/[^A-Z0-9]/g, "");
  return letters.length > 4 ? `${letters.slice(0, 4)}-${letters.slice(4, 8)}` : letters;
}
