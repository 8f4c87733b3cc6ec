// Ends this sign-in and leads to the sign-in page, from where the person comes back to where they were.
import { post } from "./page.js";

async function signOut() {
  await post("/api/auth/logout");
  const here = location.pathname + location.search;
  location.assign(`/login?next=${encodeURIComponent(here)}`);
}

document
  .getElementById("sign-out")
  ?.addEventListener("click", () => signOut().catch(() => location.reload()));
