import type { ServerResponse } from 'node:http';

/** Errors of the gateway's own; the page explains them by these names. */
export type GatewayErrorType =
  | 'Gateway.SignInRequired'
  | 'Gateway.SessionEnded'
  | 'Gateway.Refused'
  | 'Gateway.UnknownRoute'
  | 'Gateway.TooLarge'
  | 'Gateway.Starting'
  | 'Gateway.Stopping'
  | 'Gateway.Fault'
  | 'Gateway.ServerUnreachable'
  | 'Gateway.ServerNotTrusted'
  | 'Gateway.NodesLeft'
  | 'Gateway.LeaderNeedsSecondFactor';

/**
 * Sends `{Type, Message}`. The connection is closed when the request still has a body to come: nothing here wants to read it.
 * After the head has gone out there is no honest answer left but to cut the connection.
 */
export function answerError(res: ServerResponse, status: number, type: GatewayErrorType, message: string): void {
  if (res.headersSent) {
    res.destroy();
    return;
  }
  if (!res.req.complete && res.req.httpVersionMajor === 1) res.setHeader('Connection', 'close');
  const body = JSON.stringify({ Type: type, Message: message });
  res.statusCode = status;
  res.setHeader('Content-Type', 'application/json; charset=utf-8');
  res.setHeader('Content-Length', Buffer.byteLength(body));
  res.end(body);
}

/** Sends a JSON answer of the gateway's own. */
export function answerJson(res: ServerResponse, value: unknown): void {
  const body = JSON.stringify(value);
  res.setHeader('Content-Type', 'application/json; charset=utf-8');
  res.setHeader('Content-Length', Buffer.byteLength(body));
  res.end(body);
}
