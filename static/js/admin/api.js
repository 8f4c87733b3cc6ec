// How the admin pages ask: one address scheme for every kind of thing that can be set up.
import { get, page, post } from "../page.js";

export const branchId = page.snapshot?.branch?.id;

const address = (kind, id) => `/api/admin/${kind}${id ? `/${id}` : ""}`;

export async function list(kind) {
  const { items } = await get(`${address(kind)}?branch_id=${branchId}`);
  return items;
}

export const read = (kind, id) => get(address(kind, id));
export const create = (kind, body) => post(address(kind), body);
export const change = (kind, id, body) => post(address(kind, id), body, { method: "PATCH" });
export const remove = (kind, id) => post(address(kind, id), {}, { method: "DELETE" });
export const act = (kind, id, verb, body = {}) => post(`${address(kind, id)}/${verb}`, body);

/** Whether the person signed in may change things, as the server will see it; it has the last word. */
export function mayWrite() {
  return page.user?.role === "admin";
}
