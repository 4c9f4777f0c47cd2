import { KinegraphError } from '@kinegraph/core/plugin';

/** The operator's settings of this plugin are none. */
export class ConnectSettingsError extends KinegraphError {
  override readonly name = 'ConnectSettingsError';
  readonly code = 'CONNECT_SETTINGS';
  /** @param data - `faults` never repeat values, which may be secrets. */
  constructor(override readonly data: { faults: readonly string[] }) {
    super(
      `The settings of @kinegraph/plugin-connect cannot be used: ${data.faults.join('; ')}. ` +
        'Allowed are "connections" and "webhooks", as the README of the plugin shows them.',
    );
  }
}

/** A graph names a receiver that the operator has not set up. */
export class ConnectUnknownError extends KinegraphError {
  override readonly name = 'ConnectUnknownError';
  readonly code = 'CONNECT_UNKNOWN';
  constructor(override readonly data: { list: 'connections' | 'webhooks'; name: string; known: readonly string[] }) {
    const known = data.known.length === 0 ? 'there are none' : `there are ${data.known.join(', ')}`;
    super(
      `"${data.name}" is not among the ${data.list} of this server: ${known}. Choose one of them, or have the operator ` +
        `add it to "${data.list}" in the settings of @kinegraph/plugin-connect.`,
    );
  }
}

/** A file that should hold a secret or a certificate cannot be used. */
export class ConnectSecretError extends KinegraphError {
  override readonly name = 'ConnectSecretError';
  readonly code = 'CONNECT_SECRET';
  constructor(
    override readonly data: { receiver: string; setting: string; reason: string },
    options?: ErrorOptions,
  ) {
    super(
      `The ${data.setting} of "${data.receiver}" cannot be used: ${data.reason}. ` +
        'Check the file that the settings name, and that the user which runs Kinegraph may read it.',
      options,
    );
  }
}

/** The operator does not allow the address that a receiver's name leads to. */
export class ConnectNotAllowedError extends KinegraphError {
  override readonly name = 'ConnectNotAllowedError';
  readonly code = 'CONNECT_NOT_ALLOWED';
  constructor(
    override readonly data: { receiver: string; addresses: readonly string[] },
    options?: ErrorOptions,
  ) {
    super(
      `"${data.receiver}" leads to ${data.addresses.join(', ')}, which may not be opened. ` +
        'The operator of the server decides which addresses are allowed.',
      options,
    );
  }
}

/** No connection could be made. It is tried again. */
export class ConnectUnreachableError extends KinegraphError {
  override readonly name = 'ConnectUnreachableError';
  readonly code = 'CONNECT_UNREACHABLE';
  constructor(
    override readonly data: { receiver: string; reason: string },
    options?: ErrorOptions,
  ) {
    super(
      `"${data.receiver}" cannot be reached (${data.reason}). It is tried again by itself; ` +
        'check that it runs, and its address and port.',
      options,
    );
  }
}

/** The receiver's certificate is not one to trust. It is tried again, seldom. */
export class ConnectCertificateError extends KinegraphError {
  override readonly name = 'ConnectCertificateError';
  readonly code = 'CONNECT_CERTIFICATE';
  constructor(
    override readonly data: { receiver: string; reason: string },
    options?: ErrorOptions,
  ) {
    super(
      `The certificate of "${data.receiver}" is not trusted (${data.reason}). ` +
        'Name the authority that issued it in "ca" or "caFile", or correct the address.',
      options,
    );
  }
}

/** A connection that had been there has gone. It is made anew. */
export class ConnectLostError extends KinegraphError {
  override readonly name = 'ConnectLostError';
  readonly code = 'CONNECT_LOST';
  constructor(
    override readonly data: { receiver: string; reason: string },
    options?: ErrorOptions,
  ) {
    super(
      `The connection to "${data.receiver}" was lost (${data.reason}). It is made anew by itself, and what was not ` +
        'confirmed is sent again.',
      options,
    );
  }
}

/** The receiver says no. */
export class ConnectRefusedError extends KinegraphError {
  override readonly name = 'ConnectRefusedError';
  readonly code = 'CONNECT_REFUSED';
  constructor(
    override readonly data: { receiver: string; reason: string; mend: string },
    options?: ErrorOptions,
  ) {
    super(`"${data.receiver}" refuses: ${data.reason}. ${data.mend}.`, options);
  }
}

/** The receiver answers that it cannot take results just now. It is tried again. */
export class ConnectBusyError extends KinegraphError {
  override readonly name = 'ConnectBusyError';
  readonly code = 'CONNECT_BUSY';
  constructor(override readonly data: { receiver: string; status: number }) {
    super(
      `"${data.receiver}" answers with status ${data.status}. What it did not take is sent again; ` +
        'look into its own log where this lasts.',
    );
  }
}
