/** The last look at a connection: at the address that was reached, however it was found. */
import { Socket } from "node:net";
import type { buildConnector } from "undici";
import { describe, expect, it } from "vitest";
import { AddressRefused, createConnections } from "../../../src/smoke/client/connect.js";

/** A connector that reaches this address, whatever was asked for. */
function reaching(address: string) {
  const socket = new Socket();
  Object.defineProperty(socket, "remoteAddress", { value: address });
  const build = (() => (_options: buildConnector.Options, callback: buildConnector.Callback) => {
    queueMicrotask(() => callback(null, socket));
    return socket;
  }) as unknown as typeof buildConnector;
  return { socket, connections: createConnections(build, {}) };
}

function connect(address: string) {
  const { socket, connections } = reaching(address);
  const options = { hostname: "app.test", host: "app.test", protocol: "http:", port: "80" };
  return new Promise<{ error: Error | null; socket: Socket; isFailure: boolean }>((resolve) => {
    connections.connect(options, (...[error]) =>
      resolve({ error, socket, isFailure: connections.failedToConnect(error) }),
    );
  });
}

describe("a connection that has reached an address", () => {
  it.each(["169.254.169.254", "::ffff:169.254.169.254", "fe80::1"])("that is refused is ended: %s", async (address) => {
    const { error, socket, isFailure } = await connect(address);
    expect(error).toBeInstanceOf(AddressRefused);
    expect({ destroyed: socket.destroyed, isFailure }).toEqual({ destroyed: true, isFailure: true });
  });

  it("of an application is used", async () => {
    const { error, socket } = await connect("127.0.0.1");
    expect([error, socket.destroyed]).toEqual([null, false]);
  });
});
