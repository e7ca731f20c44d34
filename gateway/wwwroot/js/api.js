// The REST API, as a page of the dashboard reaches it: beside the dashboard, wherever that is.

const root = () => new URL("../api/v1/", document.baseURI);

export const address = (path) => new URL(path, root());

export const feedAddress = () => {
  const url = new URL("ws", document.baseURI);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  return url;
};

/** A refusal of the API; message says what is wrong, fields which members. */
export class Refused extends Error {
  constructor(status, problem) {
    super(problem?.detail || problem?.title || `The gateway answered ${status}.`);
    this.status = status;
    this.fields = problem?.errors ?? {};
  }
}

/** Sends a request and answers its JSON; null for an empty answer. With a type the body is sent as it is. */
export async function send(method, path, body, type) {
  const antiforgery = document.querySelector("meta[name=antiforgery]")?.content;
  let answer;
  try {
    answer = await fetch(address(path), {
      method,
      headers: {
        ...(body === undefined ? {} : { "Content-Type": type ?? "application/json" }),
        ...(antiforgery ? { "X-Orchestrator-Antiforgery": antiforgery } : {}),
      },
      body: body === undefined || type ? body : JSON.stringify(body),
    });
  } catch {
    throw new Refused(0, { detail: "The gateway cannot be reached." });
  }
  const text = await answer.text();
  let json = null;
  try {
    json = text.length > 0 ? JSON.parse(text) : null;
  } catch {
    throw new Refused(answer.status, { detail: `The gateway answered ${answer.status} with something that is not JSON.` });
  }
  // The session has ended: the page leads to the sign-in, and back.
  if (answer.status === 401) location.reload();
  if (!answer.ok) throw new Refused(answer.status, json);
  return json;
}
