// Why something could not be done, in the visitor's language and in a sentence that says what to do.

import { t, texts } from "../page.js";

export function refusalWords({ code, status, title }) {
  if (`refused_${code}` in texts) return t(`refused_${code}`);
  return status === 0 ? title : t("not_now");
}
