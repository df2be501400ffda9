package io.tributary.emulator.faults;

/** A connection over which a client sends rows. */
public interface OpenConnection {
  /** The name of the stream it writes to; empty before the first request. */
  String stream();

  /** Ends the connection with this failure; tells whether it was still open. */
  boolean end(Failure failure);
}
